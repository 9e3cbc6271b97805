import Tensors

/// The working memory of a forward pass, taken once.
struct Run: ~Copyable {
  var x: Matrix
  /// What the products of a part of a layer read.
  var normed: Operand
  var q: Matrix
  var k: Matrix
  var v: Matrix
  var attended: Matrix
  /// What lies between the two products of an inner layer.
  var inner: Operand
  var y: Matrix
  /// The final hidden states.
  var h: Matrix

  /// Embeddings of another width than the model's.
  var embedded: Matrix

  /// Bytes that a row takes, with what products make of it, and what is summed up of its logits.
  static func bytes(_ shape: Shape) -> Int {
    let widest = max(shape.hidden, shape.inner, shape.queryColumns)
    return 4 * (4 * shape.hidden + 2 * shape.queryColumns + 2 * shape.keyColumns)
      + Operand.bytes(shape.hidden)
      + Operand.bytes(shape.inner) + Operand.bytes(widest) + shape.vocabulary / 32
  }

  init(rows: Int, _ shape: Shape) {
    x = Matrix(capacity: rows, columns: shape.hidden)
    normed = Operand(capacity: rows, columns: shape.hidden)
    q = Matrix(capacity: rows, columns: shape.queryColumns)
    k = Matrix(capacity: rows, columns: shape.keyColumns)
    v = Matrix(capacity: rows, columns: shape.keyColumns)
    attended = Matrix(capacity: rows, columns: shape.queryColumns)
    inner = Operand(capacity: rows, columns: shape.inner)
    y = Matrix(capacity: rows, columns: shape.hidden)
    h = Matrix(capacity: rows, columns: shape.hidden)
    embedded = Matrix(capacity: shape.embedding == shape.hidden ? 0 : rows, columns: shape.embedding)
  }
}
