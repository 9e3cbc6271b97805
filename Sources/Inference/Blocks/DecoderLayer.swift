import Tensors

/// One layer: attention and an inner layer, each added to what it was given.
///
/// Families differ in where norms stand: before each part, after it, or after the sum; all of them may be there.
struct DecoderLayer: Sendable {
  /// Both parts look at the layer's input, instead of the second at the first one's outcome.
  var isParallel = false
  var attentionNorm: Norm?
  var attention: SelfAttention
  var attentionPostNorm: Norm?
  var attentionSumNorm: Norm?
  /// A parallel layer without this norm shares the attention's.
  var innerNorm: Norm?
  var inner: InnerLayer
  var innerPostNorm: Norm?
  var innerSumNorm: Norm?

  /// From `run.x` to `run.x`.
  ///
  /// - Parameter wanted: the only rows that are computed beyond their keys and values; nil computes all.
  func forward(
    _ number: Int, _ batch: Batch, _ angles: [RotaryTable], wanted: WantedRows?,
    _ cache: inout KeyValueCache, _ run: inout Run
  ) {
    normalise(run.x, attentionNorm, &run.normed, for: attention.query.kind)  // normed: (T, D)
    // What the sum still waits for comes to y: (T, D)
    let attentionAdds = attentionPostNorm == nil && !(isParallel && innerNorm != nil)
    attention.forward(number, batch, angles, wanted: wanted, adds: attentionAdds, &cache, &run)
    if isParallel, let innerNorm { normalise(run.x, innerNorm, &run.normed, for: inner.up.kind) }
    if let attentionPostNorm { normalise(&run.y, attentionPostNorm) }
    if !attentionAdds { add(run.y, to: &run.x) }
    if let attentionSumNorm { normalise(&run.x, attentionSumNorm) }
    if !isParallel { normalise(run.x, innerNorm, &run.normed, for: inner.up.kind) }
    inner.forward(&run, adds: innerPostNorm == nil)
    if let innerPostNorm {
      normalise(&run.y, innerPostNorm)
      add(run.y, to: &run.x)
    }
    if let innerSumNorm { normalise(&run.x, innerSumNorm) }
  }
}
