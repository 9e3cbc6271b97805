import Tensors

/// The layer between two attentions: wider, with a function in the middle, and perhaps a gate.
struct InnerLayer: Sendable {
  var gate: Linear?
  var up: Linear
  var down: Linear
  var activation: Activation

  /// From `run.normed`: down(f(up h)), or with a gate down(f(gate h) · up h).
  ///
  /// - Parameter adds: whether that is added to `run.x` at once, or comes to `run.y`.
  func forward(_ run: inout Run, adds: Bool) {
    // inner: (T, I)
    multiply(run.normed, up: up, gate: gate, through: activation, &run.inner, for: down.kind)
    if adds {
      multiply(run.inner, down, addingTo: &run.x)  // x: (T, D)
    } else {
      multiply(run.inner, down, &run.y)  // y: (T, D)
    }
  }
}

extension InnerLayer {
  func pack() { for linear in [gate, up, down] { linear?.pack() } }

  /// By the names of Llama and its kin: `gate_proj`, `up_proj`, `down_proj`.
  static func gated(_ weights: Weights, _ shape: Shape, _ activation: Activation, bias: Bool = false)
    -> InnerLayer
  {
    InnerLayer(
      gate: weights.linear("gate_proj", shape.hidden, shape.inner, bias: bias),
      up: weights.linear("up_proj", shape.hidden, shape.inner, bias: bias),
      down: weights.linear("down_proj", shape.inner, shape.hidden, bias: bias), activation: activation)
  }

  /// Without a gate, by the names given.
  static func plain(
    _ weights: Weights, _ shape: Shape, _ activation: Activation, up: String, down: String, bias: Bool = true
  ) -> InnerLayer {
    InnerLayer(
      up: weights.linear(up, shape.hidden, shape.inner, bias: bias),
      down: weights.linear(down, shape.inner, shape.hidden, bias: bias), activation: activation)
  }
}
