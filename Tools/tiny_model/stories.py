"""Tiny stories of a morning, a walk, a find and an evening."""

from words import FINDS, FOOD, OBJECT, PEOPLE, PETS, PLACES, POSSESSIVE, one

WEATHER = ["a bright", "a grey", "a windy", "a frosty", "a warm", "a rainy"]
TIMES = ["morning", "afternoon", "Sunday", "day in spring", "day in autumn"]
MOODS = ["happy", "curious", "sleepy", "proud", "surprised", "a little afraid"]
SPOTS = ["under a bench", "behind the door", "between two stones", "in a hollow tree", "next to the well"]


def story(rng):
    (name, he), (friend, _) = rng.sample(PEOPLE, 2)
    his, him, He = POSSESSIVE[he], OBJECT[he], he.capitalize()
    pet, place, find, food = rng.choice(PETS), rng.choice(PLACES), rng.choice(FINDS), rng.choice(FOOD)[1]
    mood, spot = rng.choice(MOODS), rng.choice(SPOTS)
    thing = find.split(" ", 1)[1].split(" without")[0].split(" of")[0]
    start = rng.choice([
        f"On {rng.choice(WEATHER)} {rng.choice(TIMES)} {name} walked to the {place} with {his} {pet}.",
        f"{name} had {one(pet)} that liked the {place} more than any other place.",
        f"Once {name} and {friend} took their {pet} to the {place} to look for {food}.",
        f"Every week {name} carried a bag of {food} to the {place}, and the {pet} came along.",
    ])
    middle = rng.choice([
        f"There {he} found {find} {spot}.",
        f"The {pet} ran ahead and stopped {spot}, where {he} saw {find}.",
        f"It was so quiet that {he} could hear the {pet} breathe. Then {he} noticed {find} {spot}.",
        f"Nobody was there, but somebody had left {find} {spot}.",
    ])
    talk = rng.choice([
        f'"Whose {thing} is this?" asked {name}. "It belongs to {friend}," said a voice.',
        f'"Look at that {thing}!" said {name}. The {pet} only yawned.',
        f"{name} was {mood} and put the {thing} into {his} pocket.",
        f'{name} showed the {thing} to {friend}. "Keep it," said {friend}, "and give me some {food}."',
        f"{He} wanted to take the {thing} home, but the {pet} would not move.",
    ])
    turn = rng.choice([
        f"Then it began to rain, and they all ran back from the {place}.",
        f"So {name} waited at the {place} until {friend} came and helped {him}.",
        f"They sat down and ate the {food} that {friend} had brought.",
        f"On the way back the {pet} got lost, and {name} had to call it three times.",
        "",
    ])
    end = rng.choice([
        f"In the evening {name} told {friend} everything about the {thing}.",
        f"At home {he} put the {thing} on the shelf and was {mood} for the rest of the day.",
        f"After that {name} and {friend} met at the {place} every week.",
        f"That night the {pet} slept next to the {thing}, and {name} slept well.",
    ])
    return " ".join(part for part in (start, middle, talk, turn, end) if part)


def chapter(rng, parts):
    """Several stories, one a paragraph."""
    return "\n\n".join(story(rng) for _ in range(parts))
