import Glibc
import Tensors

/// Rotary positions: how fast each pair of a head turns.
struct Rotary: Sendable {
  var pairs = RotaryTable.Pairs.halves
  /// One for each pair.
  var frequencies: [Float]
  /// What queries and keys are lengthened by.
  var length: Float = 1
  /// Other frequencies for all of a sequence that is longer than a limit.
  var far: (limit: Int, frequencies: [Float])?
  /// The longest sequence that has a meaning of its own.
  var positions: Int?

  func isFar(_ length: Int) -> Bool { far.map { length > $0.limit } ?? false }

  func angles(_ batch: Batch) -> RotaryTable {
    RotaryTable(positions: batch.positions, pairCount: frequencies.count, pairs, length: length) { row in
      if let far, batch.lengths[row] > far.limit { far.frequencies } else { frequencies }
    }
  }
}

extension Rotary {
  /// What a family assumes where `config.json` says nothing, and how it calls things.
  struct Habits {
    var theta = 10_000.0
    var thetaKey = "rope_theta"
    /// The part of each head that turns.
    var part = 1.0
    var partKey = "partial_rotary_factor"
  }

  /// Reads `rope_parameters`, where newer configurations keep all of it, or the keys of older ones.
  init(_ config: ModelConfig, headSize: Int, _ habits: Habits = Habits()) {
    let parameters = config.object("rope_scaling") ?? config.object("rope_parameters")
    self.init(
      config, headSize: headSize, parameters,
      theta: config.positive(habits.thetaKey, default: habits.theta),
      part: config.positive(habits.partKey, default: habits.part))
  }

  /// - Parameters:
  ///   - parameters: the kind of scaling and its numbers; they may name another base and part.
  ///   - theta: the base of the frequencies.
  init(_ config: ModelConfig, headSize: Int, _ parameters: ModelConfig?, theta: Double, part: Double = 1) {
    let base = parameters?.positive("rope_theta", default: theta) ?? theta
    let share = parameters?.positive("partial_rotary_factor", default: part) ?? part
    let turning = share > 1 ? headSize + 1 : Int(Double(headSize) * share)
    if turning % 2 != 0 || turning > headSize || turning == 0, !config.isFaulty {
      config.fault(
        "head_dim", "is \(headSize), of which \(turning) turn with the position: it must be even and not more"
      )
    }
    self.init(turning: turning, base: base)
    guard let parameters else { return }
    let scaling = RotaryScaling(config, parameters, base: base)
    switch parameters.text("rope_type") ?? parameters.text("type") ?? "default" {
    case "default": break
    case "linear": scaling.linear(&self)
    case "dynamic": scaling.dynamic(&self)
    case "llama3": scaling.llama3(&self)
    case "yarn": scaling.yarn(&self)
    case "longrope", "su": scaling.long(&self)
    case let other:
      parameters.fault(
        "rope_type", "is `\(other)`, which is not supported",
        help: "supported are default, linear, dynamic, llama3, yarn and longrope")
    }
  }

  /// - Parameter turning: how many numbers of a head turn.
  init(turning: Int, base: Double = 10_000) {
    frequencies = stride(from: 0, to: turning, by: 2).map {
      1 / powf(Float(base), Float($0) / Float(turning))
    }
  }
}
