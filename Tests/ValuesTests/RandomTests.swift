import TestKit
import Testing
import Values

@Suite struct `the random generator of Python` {
  @Test func `draws as Python does`() throws {
    let lines = try vectors("random")
    #expect(lines.count > 100)
    for line in lines {
      var random = PythonRandom(seed: try #require(line["seed"]?.asInt))
      let count = line["count"]?.asInt ?? 0
      let k = line["k"]?.asInt ?? 0
      let drawn = line["drawn"]?.asList ?? []
      let numbers = drawn.compactMap(\.asInt)
      switch line["kind"]?.text {
      case "sample": #expect(random.sample(of: count, k) == numbers, "\(line)")
      case "choices": #expect(random.choices(of: count, k) == numbers)
      case "below":
        let bounds = line["bounds"]?.asList?.compactMap(\.asInt) ?? []
        #expect(bounds.map { random.below($0) } == numbers)
      case "shuffle":
        var items = Array(0..<count)
        random.shuffle(&items)
        #expect(items == numbers)
      default:
        let all = (0..<705).map { _ in random.random() }
        #expect(all.prefix(5) + all.suffix(2) == drawn.compactMap(\.asDouble)[...])
      }
    }
  }

  @Test func `draws the same bits`() {
    var random = PythonRandom(seed: 1234)
    #expect(
      (0..<4).map { _ in random.bits32() } == [4_150_886_329, 3_342_196_574, 1_892_932_127, 501_869_158])
  }
}
