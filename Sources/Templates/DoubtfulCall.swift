public import Diagnostics

/// A place in a template that calls what nothing has.
public struct DoubtfulCall: Sendable, Hashable {
  public enum Kind: Sendable {
    /// `text.stripp()`: no value has this method.
    case method
    /// `len(text)`: a column's name, called.
    case function
    /// `{{ text.strip }}`: the method itself is printed.
    case uncalled
    /// `text | replace('a')`: too few arguments, too many, or one that there is not; the name says which.
    case arguments
  }

  public let kind: Kind
  public let name: String
  public let span: SourceSpan

  /// The method that may have been meant.
  public var near: String? { kind == .method ? PythonMethods.all.sorted().nearest(to: name) : nil }
}

/// The same before it has a place in a file.
struct DoubtfulUse {
  let kind: DoubtfulCall.Kind
  let name: String
  let range: ByteRange
}

/// The methods of the values that a template can meet, from Python's `dir()` of each.
enum PythonMethods {
  static let all: Set<String> = [
    // str
    "capitalize", "casefold", "center", "count", "encode", "endswith", "expandtabs", "find", "format",
    "format_map", "index", "isalnum", "isalpha", "isascii", "isdecimal", "isdigit", "isidentifier", "islower",
    "isnumeric", "isprintable", "isspace", "istitle", "isupper", "join", "ljust", "lower", "lstrip",
    "maketrans", "partition", "removeprefix", "removesuffix", "replace", "rfind", "rindex", "rjust",
    "rpartition", "rsplit", "rstrip", "split", "splitlines", "startswith", "strip", "swapcase", "title",
    "translate", "upper", "zfill",
    // list, dict
    "append", "clear", "copy", "extend", "insert", "pop", "remove", "reverse", "sort", "fromkeys", "get",
    "items", "keys", "popitem", "setdefault", "update", "values",
    // numbers, bytes
    "as_integer_ratio", "bit_count", "bit_length", "conjugate", "from_bytes", "fromhex", "hex", "is_integer",
    "to_bytes", "decode",
    // dates and times
    "astimezone", "combine", "ctime", "date", "dst", "fromisocalendar", "fromisoformat", "fromordinal",
    "fromtimestamp", "isocalendar", "isoformat", "isoweekday", "now", "strftime", "strptime", "time",
    "timestamp", "timetuple", "timetz", "today", "toordinal", "total_seconds", "tzname", "utcfromtimestamp",
    "utcnow", "utcoffset", "utctimetuple", "weekday",
    // loop, cycler, markup
    "changed", "cycle", "next", "reset", "escape", "striptags", "unescape",
  ]

  /// Those whose names no column or key has, so that one without a call is a slip.
  static let neverColumns: Set<String> = [
    "capitalize", "casefold", "endswith", "isdigit", "lower", "lstrip", "rstrip", "splitlines", "startswith",
    "strip", "swapcase", "upper",
  ]
}

extension ByteRange {
  /// The last bytes, which hold a name.
  func end(of name: String) -> ByteRange { ByteRange(max(Int(start), Int(end) - name.utf8.count), Int(end)) }
}
