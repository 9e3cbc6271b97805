import Foundation
import TestKit
import Testing
import Values

@testable import Plugins

@Suite struct `the wire` {
  private static let ledger = HandleLedger()

  private func read(_ text: String) throws -> Value {
    try WireReader.value(Array(text.utf8), Self.ledger)
  }

  /// 2 to the 64th.
  private static let big = pythonLiteral("18446744073709551616") ?? .null

  private static let samples: [Value] = [
    .null, true, 0, -1, .int(.max), .int(.min), 1.5, -0.0, 1e-7, "", "é\u{1F600}\u{0}\t\"\\/", [], [[], [:]],
    .tuple([1, .tuple([])]), ["a": 1, "b": ["c": .null]], ["$tuple": 1], .map([1: 2, .tuple([]): "x"]),
    .double(.infinity), .double(-.infinity), ["$": ["$map": [1]]], big, [big, 1],
  ]

  @Test(arguments: samples)
  func `what is written is read back`(_ value: Value) throws {
    let bytes = try WireWriter.bytes(of: value, Self.ledger)
    #expect(try WireReader.value(bytes, Self.ledger).repr == value.repr)
  }

  @Test func `random values are read back`() throws {
    var random = SeededRandom(seed: 1)
    for _ in 0..<2000 {
      let value = Self.madeUp(&random, depth: 4)
      let bytes = try WireWriter.bytes(of: value, Self.ledger)
      #expect(try WireReader.value(bytes, Self.ledger).repr == value.repr)
    }
  }

  private static func madeUp(_ random: inout SeededRandom, depth: Int) -> Value {
    switch Int.random(in: 0..<(depth == 0 ? 6 : 9), using: &random) {
    case 0: .null
    case 1: .bool(.random(using: &random))
    case 2: .int(Int(truncatingIfNeeded: random.next()))
    case 3: .double(Double(bitPattern: random.next()))
    case 4: .string(String(String.UnicodeScalarView((0..<3).map { _ in random.pick(scalars) })))
    case 5:
      .object(
        ForeignBytes((0..<Int(random.next() % 7)).map { _ in UInt8(truncatingIfNeeded: random.next()) }))
    case 6: .list((0..<3).map { _ in madeUp(&random, depth: depth - 1) })
    case 7: .tuple((0..<2).map { _ in madeUp(&random, depth: depth - 1) })
    default:
      .map(
        OrderedMap(
          (0..<2).map { _ in (madeUp(&random, depth: 0), madeUp(&random, depth: depth - 1)) }))
    }
  }

  private static let scalars: [Unicode.Scalar] = [
    "a", "$", "\"", "\\", "\n", "\0", "\u{7F}", "é", "\u{301}", "\u{FFFF}", "\u{1F600}", "/",
  ]

  @Test func `escapes are read as JSON has them`() throws {
    #expect(try read(#""\u00e9\ud83d\ude00\/\b\f\n\r\t\"\\""#) == "é\u{1F600}/\u{8}\u{C}\n\r\t\"\\")
    #expect(try read(#""\ud83d|\ude00|\ud83dA""#) == "\u{FFFD}|\u{FFFD}|\u{FFFD}A")
    #expect(try read(" [ 1 , { \"a\" : 2 } ] ") == [1, ["a": 2]])
  }

  @Test(arguments: [
    "", "nul", "tru", "[1", "[1,]", "[,]", "{\"a\"}", "{\"a\":}", "{a:1}", "{\"a\":1", "\"", "\"\\",
    "\"\\u12",
    "\"\\x\"", "\"\\u+123\"", "1 2", "-", "1.2.3", "1-2", "--1", "1e", "[1}", "92233720368547758080-", "+1",
    "{\"$tuple\":[1]", "{\"$float\":\"x\"}", "{\"$bytes\":\"A\"}", "{\"$bytes\":\"A=B=\"}", "{\"$map\":[1]}",
  ])
  func `a broken line is an error`(_ line: String) {
    #expect(throws: WireError.self) { try read(line) }
  }

  @Test func `nesting has an end`() {
    #expect(throws: WireError.self) { try read(String(repeating: "[", count: 100_000)) }
    #expect(throws: WireError.self) { try read(String(repeating: "{\"a\":", count: 100_000)) }
  }

  @Test func `no damage to a line crashes the reader`() throws {
    let whole: Value = .list(Self.samples + [.object(ForeignBytes([1, 2, 255]))])
    let line = try WireWriter.bytes(of: whole, Self.ledger)
    for cut in cuts(of: line) { #expect(throws: WireError.self) { try WireReader.value(cut, Self.ledger) } }
    var random = SeededRandom(seed: 2)
    let odd = Array("\"\\{}[]:,$0-+eE.tfn\u{0}\u{FF}u".utf8)
    for _ in 0..<20_000 {
      var broken = line
      for _ in 0...Int(random.next() % 3) {
        let place = Int(random.next() % UInt64(broken.count))
        switch random.next() % 3 {
        case 0: broken[place] = random.pick(odd)
        case 1: broken.remove(at: place)
        default: broken.insert(random.pick(odd), at: place)
        }
      }
      _ = try? WireReader.value(broken, Self.ledger)
    }
  }

  @Test func `base 64 has all lengths`() {
    for count in 0..<20 {
      let bytes = (0..<count).map { UInt8($0 * 37 % 256) }
      let text = String(decoding: Base64.encoded(bytes), as: UTF8.self)
      #expect(text == Data(bytes).base64EncodedString())
      #expect(Base64.decoded(text) == bytes)
    }
  }

  @Test func `an object is let go of when nobody names it`() throws {
    let ledger = HandleLedger()
    do {
      let value = try WireReader.value(
        Array(#"[{"$object":7,"type":"set","text":"{1}","repr":"{1}"}]"#.utf8), ledger)
      #expect(value.repr == "[{1}]")
      #expect(ledger.takeDropped() == [])
      #expect(try WireWriter.bytes(of: value, ledger) == Array(#"[{"$object":7}]"#.utf8))
      #expect(throws: WireError.self) { try WireWriter.bytes(of: value, Self.ledger) }
    }
    #expect(ledger.takeDropped() == [7])
    #expect(ledger.takeDropped() == [])
  }

  @Test func `every file of Python is part of the program`() {
    let files = swiftless("Sources/Plugins/Python")
    #expect((PythonSources.modules.map(\.name) + ["boot"]).sorted() == files)
    for (name, bytes) in PythonSources.modules {
      let file = repositoryRoot.appending(path: "Sources/Plugins/Python/\(name).py")
      #expect((try? Data(contentsOf: file)) == Data(bytes), "\(name) is not as its file says")
    }
  }

  private func swiftless(_ folder: String) -> [String] {
    let path = repositoryRoot.appending(path: folder).path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(".py") }.map { String($0.dropLast(3)) }.sorted()
  }
}
