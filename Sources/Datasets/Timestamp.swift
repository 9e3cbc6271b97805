import Values

/// A point in time, if the text is one to Arrow's JSON reader.
///
/// `2020-01-31`, with `T` or a space `10`, `10:05` or `10:05:06`, and then `Z`, `+02`, `+0200` or `+02:00`; never
/// parts of a second. Times with a zone become UTC.
func timestamp(_ text: String) -> PythonDate? {
  let bytes = text.utf8
  guard bytes.count >= 10, bytes.count <= 25, let first = bytes.first, isDigit(first) else { return nil }
  var reader = TimestampReader(bytes: Array(bytes))
  return reader.read()
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

private struct TimestampReader {
  let bytes: [UInt8]
  var at = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func number(_ digits: Int, _ range: ClosedRange<Int>) -> Int? {
    guard at + digits <= bytes.count, bytes[at..<at + digits].allSatisfy(isDigit) else { return nil }
    let value = bytes[at..<at + digits].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    at += digits
    return range.contains(value) ? value : nil
  }

  private mutating func skip(_ letter: Unicode.Scalar) -> Bool {
    guard at < bytes.count, bytes[at] == UInt8(ascii: letter) else { return false }
    at += 1
    return true
  }

  mutating func read() -> PythonDate? {
    guard let year = number(4, 1...9999), skip("-"), let month = number(2, 1...12), skip("-"),
      let day = number(2, 1...Self.days(in: month, of: year))
    else { return nil }
    var seconds = 0
    if at < bytes.count {
      guard let time = time(), let zone = zone() else { return nil }
      seconds = time - zone
    }
    return Self.date(year, month, day, seconds)
  }

  /// Seconds since midnight.
  private mutating func time() -> Int? {
    guard skip("T") || skip(" "), let hour = number(2, 0...23) else { return nil }
    guard skip(":") else { return hour * 3600 }
    guard let minute = number(2, 0...59) else { return nil }
    guard skip(":") else { return hour * 3600 + minute * 60 }
    guard let second = number(2, 0...59) else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  /// Seconds east of Greenwich; the text must end after them.
  private mutating func zone() -> Int? {
    if at == bytes.count || (skip("Z") && at == bytes.count) { return 0 }
    let isEast = skip("+")
    guard isEast || skip("-"), let hours = number(2, 0...23) else { return nil }
    var minutes = 0
    if at < bytes.count {
      _ = skip(":")
      guard let read = number(2, 0...59) else { return nil }
      minutes = read
    }
    guard at == bytes.count else { return nil }
    return (hours * 60 + minutes) * (isEast ? 60 : -60)
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// A zone moves a time by less than a day either way.
  private static func date(_ year: Int, _ month: Int, _ day: Int, _ seconds: Int) -> PythonDate? {
    var (year, month, day, seconds) = (year, month, day, seconds)
    if seconds < 0 {
      seconds += 86_400
      day -= 1
      if day == 0 {
        month -= 1
        if month == 0 { (year, month) = (year - 1, 12) }
        day = days(in: month, of: year)
      }
    } else if seconds >= 86_400 {
      seconds -= 86_400
      day += 1
      if day > days(in: month, of: year) {
        (month, day) = (month + 1, 1)
        if month == 13 { (year, month) = (year + 1, 1) }
      }
    }
    guard (1...9999).contains(year) else { return nil }
    return PythonDate(
      year: year, month: month, day: day, hour: seconds / 3600, minute: seconds / 60 % 60,
      second: seconds % 60)
  }
}
