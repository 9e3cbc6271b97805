import Testing
import Values

@Suite struct `the random generator of Python` {
  @Test func `draws the same bits`() {
    var random = PythonRandom(seed: 1234)
    #expect(
      (0..<4).map { _ in random.bits32() } == [4_150_886_329, 3_342_196_574, 1_892_932_127, 501_869_158])
    var other = PythonRandom(seed: 1234)
    #expect(other.random() == 0.9664535356921388)
  }

  @Test func `samples the same places`() {
    var random = PythonRandom(seed: 1234)
    #expect((0..<3).map { _ in random.sample(of: 30, 3) } == [[24, 14, 3], [0, 2, 29], [25, 18, 1]])
    var wide = PythonRandom(seed: 42)
    #expect(wide.sample(of: 200, 5) == [163, 28, 6, 189, 70])
  }
}
