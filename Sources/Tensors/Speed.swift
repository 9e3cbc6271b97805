/// How fast this machine multiplies, measured.
public enum Speed {
  /// Operations a second where many rows are multiplied.
  public static func products(_ kind: WeightKind, seconds: Double) -> Double {
    let (rows, inputs, outputs) = (384, 1024, 1024)
    return repeated(rows, inputs, outputs, kind, seconds) * Double(2 * rows * inputs * outputs)
  }

  /// Bytes of weights a second where one row is multiplied: of more weights than stay near the processor.
  public static func rows(_ kind: WeightKind, seconds: Double) -> Double {
    let (inputs, outputs) = (1024, 64 << 10)
    let size = kind == .float32 ? 4 : kind == .int8 ? 1 : 2
    return repeated(1, inputs, outputs, kind, seconds) * Double(size * inputs * outputs)
  }

  /// How often a second a product can be computed; the best of several rounds.
  private static func repeated(
    _ rows: Int, _ inputs: Int, _ outputs: Int, _ kind: WeightKind, _ seconds: Double
  ) -> Double {
    // What the numbers are does not matter, but that they are not all alike.
    let numbers = (0..<1021).map { Float($0 % 17) - 8 }
    func some(_ count: Int) -> [Float] { (0..<count).map { numbers[$0 % numbers.count] } }
    let linear = Linear(Tensor(some(inputs * outputs), shape: [outputs, inputs]), as: kind)
    linear.pack()
    let x = Matrix(some(rows * inputs), columns: inputs)
    var y = Matrix(capacity: rows, columns: outputs)
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    var best = Duration.seconds(seconds)
    repeat {
      best = min(best, clock.measure { multiply(x, linear, &y) })
    } while clock.now < end
    return 1 / (best / .seconds(1))
  }
}
