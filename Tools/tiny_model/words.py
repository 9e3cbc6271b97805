"""The small world that all generated text lives in: people, things, places and what belongs together."""

PEOPLE = [
    ("Ada", "she"), ("Bruno", "he"), ("Clara", "she"), ("Daniel", "he"), ("Edith", "she"), ("Felix", "he"),
    ("Greta", "she"), ("Hugo", "he"), ("Ines", "she"), ("Jonas", "he"), ("Kira", "she"), ("Leo", "he"),
    ("Mia", "she"), ("Nils", "he"), ("Olga", "she"), ("Paul", "he"), ("Rosa", "she"), ("Sam", "he"),
    ("Tilda", "she"), ("Umar", "he"), ("Vera", "she"), ("Willem", "he"), ("Yara", "she"), ("Zeno", "he"),
]
OBJECT = {"she": "her", "he": "him"}
POSSESSIVE = {"she": "her", "he": "his"}

# Things that can be counted, kept, found and given away.
KEEPSAKES = [
    ("shell", "shells"), ("marble", "marbles"), ("stamp", "stamps"), ("button", "buttons"),
    ("feather", "feathers"), ("postcard", "postcards"), ("coin", "coins"), ("sticker", "stickers"),
    ("pebble", "pebbles"), ("bead", "beads"), ("badge", "badges"), ("pencil", "pencils"),
]
# Things that grow or are baked, and come in containers.
FOOD = [
    ("apple", "apples"), ("pear", "pears"), ("plum", "plums"), ("bun", "buns"), ("lemon", "lemons"),
    ("tomato", "tomatoes"), ("cookie", "cookies"), ("egg", "eggs"), ("fig", "figs"), ("muffin", "muffins"),
]
CONTAINERS = [
    ("box", "boxes"), ("basket", "baskets"), ("bag", "bags"), ("tray", "trays"), ("crate", "crates"),
    ("jar", "jars"), ("bowl", "bowls"),
]
# Things with a price, and something small that goes with them.
WARES = [
    ("ticket", "tickets"), ("notebook", "notebooks"), ("lantern", "lanterns"), ("kite", "kites"),
    ("brush", "brushes"), ("puzzle", "puzzles"), ("mug", "mugs"), ("scarf", "scarves"),
]
EXTRAS = ["a drink", "a map", "a ribbon", "a snack", "a card", "a whistle"]

CATEGORIES = {
    "a fruit": ["apple", "pear", "plum", "lemon", "fig", "cherry", "peach", "melon"],
    "an animal": ["fox", "horse", "goat", "rabbit", "bear", "otter", "sheep", "donkey"],
    "a bird": ["owl", "raven", "goose", "robin", "heron", "swallow", "duck", "stork"],
    "a tool": ["hammer", "saw", "chisel", "spade", "rake", "pair of pliers", "drill", "wrench"],
    "a colour": ["red", "blue", "green", "yellow", "purple", "dark brown", "grey", "orange"],
    "an instrument": ["violin", "flute", "drum", "piano", "harp", "trumpet", "cello", "tin whistle"],
    "a piece of clothing": ["coat", "scarf", "hat", "shirt", "pair of gloves", "skirt", "sock", "jacket"],
    "a kind of weather": ["rain", "snow", "fog", "hail", "a thunderstorm", "wind", "drizzle", "frost"],
    "a vehicle": ["bus", "tram", "bicycle", "lorry", "train", "ferry", "rowing boat", "scooter"],
    "a part of the body": ["knee", "elbow", "thumb", "shoulder", "ankle", "nose", "left ear", "chin"],
}

OPPOSITES = [
    ("hot", "cold"), ("tall", "short"), ("early", "late"), ("full", "empty"), ("loud", "quiet"),
    ("heavy", "light"), ("wet", "dry"), ("open", "closed"), ("old", "young"), ("fast", "slow"),
    ("near", "far away"), ("clean", "dirty"), ("rough", "smooth"), ("brave", "afraid"), ("bright", "dark"),
    ("sweet", "bitter"), ("wide", "narrow"), ("deep", "shallow"), ("awake", "fast asleep"), ("rich", "poor"),
]

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
]

# What somebody does when something is the case.
REASONS = [
    ("thirsty", ["drinks a glass of water", "pours a cup of cold tea"]),
    ("hungry", ["eats a slice of bread", "warms up a bowl of soup"]),
    ("tired", ["goes to bed", "lies down on the sofa for an hour"]),
    ("cold", ["puts on a thick coat", "lights the stove"]),
    ("bored", ["starts a puzzle", "looks for a book in the old cupboard"]),
    ("lost", ["asks for the way", "opens the map and looks for the river"]),
    ("late", ["runs to the bus", "takes the short way across the field"]),
    ("ill", ["calls the doctor", "stays in bed with a hot drink"]),
    ("muddy", ["takes a bath", "washes both boots under the pump"]),
    ("proud", ["smiles at everyone", "hangs the picture on the wall"]),
]

COLOURS = ["red", "blue", "green", "yellow", "white", "black"]
BELONGINGS = ["kite", "hat", "bicycle", "cup", "boat", "tent", "umbrella", "scarf"]

PLACES = ["harbour", "forest", "market", "mill", "garden", "library", "old bridge", "lighthouse", "meadow"]
PETS = ["dog", "cat", "goat", "duck", "donkey", "raven", "rabbit", "hedgehog"]
FINDS = [
    "a rusty key", "a small lamp", "a torn map", "a wooden whistle", "a silver spoon", "a green bottle",
    "a letter without a name", "a broken clock", "a basket of plums", "a blue feather",
]


def one(noun):
    """The noun with its article."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def listing(items):
    """`a, b and c`."""
    return f"{', '.join(items[:-1])} and {items[-1]}"
