import Glibc

/// A point in time or a day, as Python's `datetime` has them; the `datasets` library makes them of texts that are dates.
public final class PythonDate: ValueObject {
  public let year, month, day: Int
  public let hour, minute, second: Int
  /// Whether it is a bare day, Python's `date`.
  public let isDay: Bool

  /// - Precondition: the numbers are those of a day that there is, from year 1 to 9999.
  public init(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, isDay: Bool = false
  ) {
    (self.year, self.month, self.day) = (year, month, day)
    (self.hour, self.minute, self.second) = (hour, minute, second)
    self.isDay = isDay
  }

  public var typeName: String { isDay ? "datetime.date" : "datetime.datetime" }
  public var text: String { isDay ? dayText : isoText(" ") }

  /// As a call that would make it.
  public var repr: String {
    if isDay { return "datetime.date(\(year), \(month), \(day))" }
    let seconds = second == 0 ? "" : ", \(second)"
    return "datetime.datetime(\(year), \(month), \(day), \(hour), \(minute)\(seconds))"
  }

  private var parts: [Int] { [year, month, day, hour, minute, second] }

  public func isEqual(to other: any ValueObject) -> Bool {
    guard let other = other as? PythonDate else { return false }
    return isDay == other.isDay && parts == other.parts
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(parts) }

  public func precedes(_ other: any ValueObject) -> Bool? {
    guard let other = other as? PythonDate, isDay == other.isDay else { return nil }
    return parts.lexicographicallyPrecedes(other.parts)
  }

  // MARK: - What Python's has

  public func attribute(_ name: String) -> Value? {
    switch name {
    case "year": .int(year)
    case "month": .int(month)
    case "day": .int(day)
    case "hour" where !isDay: .int(hour)
    case "minute" where !isDay: .int(minute)
    case "second" where !isDay: .int(second)
    case "microsecond" where !isDay: 0
    case "fold" where !isDay: 0
    case "tzinfo" where !isDay: .null
    default: nil
    }
  }

  public var methods: [String: [String]] {
    var methods = [
      "isoformat": ["sep=", "timespec="], "strftime": ["format"], "weekday": [], "isoweekday": [],
      "toordinal": [], "ctime": [],
    ]
    if isDay { methods["isoformat"] = [] } else { methods["date"] = [] }
    return methods
  }

  public func call(_ method: String, _ arguments: [Value?]) -> Value? {
    switch method {
    case "isoformat":
      if isDay { return .string(dayText) }
      return time(arguments.count > 1 ? arguments[1]?.text : nil).map {
        .string(dayText + ((arguments.first ?? nil)?.text ?? "T") + $0)
      }
    case "strftime": return arguments.first.flatMap { $0 }?.asString.map { .string(formatted($0)) }
    case "weekday": return .int((ordinal + 6) % 7)
    case "isoweekday": return .int((ordinal + 6) % 7 + 1)
    case "toordinal": return .int(ordinal)
    case "ctime":
      let day = Self.padded(self.day, 2, " ")
      return .string("\(formatted("%a %b")) \(day) \(clock) \(Self.padded(year, 4))")
    case "date": return .object(PythonDate(year: year, month: month, day: day, isDay: true))
    default: return nil
    }
  }

  /// Python's `x.strftime(format)`.
  public func formatted(_ format: String) -> String {
    var parts = tm()
    (parts.tm_year, parts.tm_mon, parts.tm_mday) = (Int32(year - 1900), Int32(month - 1), Int32(day))
    (parts.tm_hour, parts.tm_min, parts.tm_sec) = (Int32(hour), Int32(minute), Int32(second))
    parts.tm_wday = Int32(ordinal % 7)
    parts.tm_yday = Int32(Self.days(before: month, of: year) + day - 1)
    parts.tm_isdst = -1
    // Parts of a second and the zone are Python's own business, and a date from a file has neither.
    let own = format.replacingDirectives(["f": "000000", "z": "", "Z": ""])
    if own.isEmpty { return "" }
    // A blank in front tells an empty result from one that does not fit.
    let text = " " + own
    var buffer = [CChar](repeating: 0, count: 256 + own.utf8.count * 16)
    let count = strftime(&buffer, buffer.count, text, &parts)
    return String(decoding: buffer.prefix(count).dropFirst().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private var dayText: String {
    "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
  }

  private var clock: String {
    "\(Self.padded(hour, 2)):\(Self.padded(minute, 2)):\(Self.padded(second, 2))"
  }

  private func isoText(_ separator: String) -> String { dayText + separator + clock }

  private func time(_ precision: String?) -> String? {
    switch precision ?? "auto" {
    case "auto", "seconds": clock
    case "hours": Self.padded(hour, 2)
    case "minutes": "\(Self.padded(hour, 2)):\(Self.padded(minute, 2))"
    case "milliseconds": clock + ".000"
    case "microseconds": clock + ".000000"
    default: nil
    }
  }

  private static func padded(_ number: Int, _ width: Int, _ fill: String = "0") -> String {
    let digits = String(number)
    return String(repeating: fill, count: max(0, width - digits.count)) + digits
  }

  // MARK: - Counting days

  /// Days since the last day of the year before the first; 1 is a Monday.
  private var ordinal: Int {
    let before = year - 1
    return before * 365 + before / 4 - before / 100 + before / 400 + Self.days(before: month, of: year) + day
  }

  private static func days(before month: Int, of year: Int) -> Int {
    let starts = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return starts[month - 1] + (isLeap && month > 2 ? 1 : 0)
  }
}

extension String {
  /// Puts texts in the places of some of C's `%` directives.
  fileprivate func replacingDirectives(_ texts: [Character: String]) -> String {
    var out = ""
    var isOpen = false
    for character in self {
      if isOpen {
        out += texts[character] ?? "%\(character)"
        isOpen = false
      } else if character == "%" {
        isOpen = true
      } else {
        out.append(character)
      }
    }
    return isOpen ? out + "%" : out
  }
}
