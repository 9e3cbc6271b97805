import TestKit
import Testing
import Values

@Suite struct `laws of values` {
  private static let values: [Value] = {
    var random = SeededRandom(seed: 5)
    let made = (0..<60).map { _ in random.value(depth: 2) }
    let chosen: [Value] = [
      .null, true, false, 0, 1, 1.0, 0.0, -0.0, .double(.nan), .double(.infinity), 2, "", "a", "é",
      "e\u{301}", [], [1],
      [1.0], .tuple([1]), .tuple([]), [:], ["a": 1], ["a": 1.0], .int(.max),
      .double(9_223_372_036_854_775_808),
      .int(9_007_199_254_740_993), .double(9_007_199_254_740_992),
    ]
    return made + chosen
  }()

  private func isNaN(_ value: Value) -> Bool { value.repr.contains("nan") }

  @Test func `equality is reflexive, symmetric and transitive`() {
    for a in Self.values where !isNaN(a) {
      #expect(a == a)
      for b in Self.values {
        #expect((a == b) == (b == a), "\(a.repr), \(b.repr)")
        guard a == b else { continue }
        for c in Self.values where b == c { #expect(a == c, "\(a.repr), \(b.repr), \(c.repr)") }
      }
    }
  }

  @Test func `equal values have equal hashes`() {
    for a in Self.values {
      for b in Self.values where a == b { #expect(a.hashValue == b.hashValue, "\(a.repr) \(b.repr)") }
    }
  }

  @Test func `equality is Python's`() {
    #expect(Value.int(1) == true)
    #expect(Value.double(1) == true)
    #expect(Value.int(1) == 1.0)
    #expect(Value.string("é") != "e\u{301}")
    #expect(Value.tuple([1]) != [1])
    #expect(Value.double(.nan) != .double(.nan))
    #expect(Value.null != false)
    #expect(Value.int(9_007_199_254_740_993) != .double(9_007_199_254_740_992))
    #expect(Value.int(.max) != .double(9_223_372_036_854_775_808))
    #expect((["a": 1, "b": 2] as Value) == ["b": 2, "a": 1])
    #expect((["a": .null] as Value) != ["b": .null])
  }

  @Test func `truth is Python's`() {
    let no: [Value] = [.null, false, 0, 0.0, -0.0, "", [], .tuple([]), [:]]
    let yes: [Value] = [true, 1, -1, 0.1, .double(.nan), " ", "0", [0], .tuple([.null]), ["": .null]]
    #expect(no.allSatisfy { !$0.isTruthy })
    #expect(yes.allSatisfy { $0.isTruthy })
  }
}

@Suite struct `a mapping in order` {
  /// The same steps on a plain list of pairs.
  private struct Model {
    var pairs: [(String, Int)] = []
    subscript(_ key: String) -> Int? {
      get { pairs.first { sameBytes($0.0, key) }?.1 }
      set {
        let place = pairs.firstIndex { sameBytes($0.0, key) }
        switch (place, newValue) {
        case (let place?, let value?): pairs[place].1 = value
        case (let place?, nil): pairs.remove(at: place)
        case (nil, let value?): pairs.append((key, value))
        case (nil, nil): break
        }
      }
    }
  }

  @Test func `it behaves as a list of pairs does, however many keys`() {
    var random = SeededRandom(seed: 3)
    let keys = (0..<20).map { "k\($0)" } + ["é", "e\u{301}"]
    for _ in 0..<50 {
      var map = OrderedMap()
      var model = Model()
      for step in 0..<60 {
        let key = random.pick(keys)
        let value: Int? = Int.random(in: 0..<4, using: &random) == 0 ? nil : step
        map[key] = value.map { .int($0) }
        model[key] = value
        #expect(map.keys.map(\.text) == model.pairs.map(\.0))
        #expect(map.values == model.pairs.map { .int($0.1) })
        let asked = random.pick(keys)
        #expect(map[asked]?.asInt == model[asked])
        #expect(map[.string(asked)]?.asInt == model[asked])
      }
    }
  }

  @Test func `a number and its float are one key`() {
    var map = OrderedMap()
    map[.int(1)] = "one"
    map[.double(1)] = "uno"
    map[.bool(true)] = "yes"
    #expect(map.count == 1)
    #expect(map.keys == [.int(1)])
    #expect(map[.int(1)] == "yes")
  }

  @Test func `the same keys take other values`() {
    let map: OrderedMap = ["a": 1, "b": 2]
    #expect(map.withValues([3, .null]) == ["a": 3, "b": .null])
    var other = map
    other.update(with: ["b": 5, "c": 6])
    #expect(Value.map(other).repr == "{'a': 1, 'b': 5, 'c': 6}")
    #expect(Value.map(map).repr == "{'a': 1, 'b': 2}")
  }
}
