import Exchange
import Values

/// What Python functions make of the rows of one split, worked out for many rows at a time and kept.
final class FunctionValues {
  private let rows: [OrderedMap]
  /// The rows in the order in which they will be asked for.
  private let order: [Int]
  private let places: [Int: Int]
  private var known: [String: [Result<Value, ForeignError>]] = [:]

  /// How many rows cross to Python at once: enough that the way there does not count.
  private static let batch = 512

  /// - Parameter order: the rows that will be asked for, if it is known.
  init(rows: [OrderedMap], order: [Int]? = nil) {
    self.rows = rows
    self.order = order ?? Array(rows.indices)
    places = Dictionary(self.order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// What a function of a task's key gives for one row.
  func value(of function: BoundFunction, at index: Int) throws(RowTrouble) -> Value {
    do throws(ForeignError) {
      guard let place = places[index] else { return try one(function, rows[index]).get() }
      var values = known[function.key] ?? []
      while values.count <= place {
        let next = order[values.count..<min(order.count, values.count + Self.batch)]
        values += try function.ready().mapped(next.map { rows[$0] })
        known[function.key] = values
      }
      return try values[place].get()
    } catch {
      throw function.trouble(error)
    }
  }

  private func one(
    _ function: BoundFunction, _ row: OrderedMap
  ) throws(ForeignError) -> Result<Value, ForeignError> {
    try function.ready().mapped([row])[0]
  }
}
