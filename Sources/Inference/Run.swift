import Tensors

/// The working memory of a forward pass, taken once.
struct Run: ~Copyable {
  var x: Matrix
  var h: Matrix
  var q: Matrix
  var k: Matrix
  var v: Matrix
  var attended: Matrix
  var gate: Matrix
  var up: Matrix
  var y: Matrix

  /// Embeddings of another width than the model's.
  var embedded: Matrix

  /// Bytes that a row takes, with what products make of it, and what is summed up of its logits.
  static func bytes(_ shape: Shape) -> Int {
    let (hidden, inner) = (shape.hidden, shape.inner)
    let widest = max(hidden, inner, shape.queryColumns)
    return 4 * (4 * hidden + 2 * inner + 2 * shape.queryColumns + 2 * shape.keyColumns + widest)
      + shape.vocabulary / 32
  }

  init(rows: Int, _ shape: Shape) {
    x = Matrix(capacity: rows, columns: shape.hidden)
    h = Matrix(capacity: rows, columns: shape.hidden)
    q = Matrix(capacity: rows, columns: shape.queryColumns)
    k = Matrix(capacity: rows, columns: shape.keyColumns)
    v = Matrix(capacity: rows, columns: shape.keyColumns)
    attended = Matrix(capacity: rows, columns: shape.queryColumns)
    gate = Matrix(capacity: rows, columns: shape.inner)
    up = Matrix(capacity: rows, columns: shape.inner)
    y = Matrix(capacity: rows, columns: shape.hidden)
    embedded = Matrix(capacity: shape.embedding == shape.hidden ? 0 : rows, columns: shape.embedding)
  }
}
