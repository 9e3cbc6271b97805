import Glibc

/// How the values of tasks become that of their group.
public enum GroupAggregation {
  /// The mean of the tasks' values, each task counting by its size or all alike.
  public static func mean(_ values: [Double], sizes: [Int], weightBySize: Bool) -> Double {
    let weights = weightBySize ? sizes : sizes.map { _ in 1 }
    return sum(zip(values, weights).lazy.map { $0 * Double($1) }) / Double(weights.reduce(0, +))
  }

  /// The standard error of that mean, from the tasks' own; nil if no task has more than one document.
  public static func pooledStandardError(_ errors: [Double], sizes: [Int], weightBySize: Bool) -> Double? {
    guard !errors.isEmpty, errors.count == sizes.count else { return nil }
    if !weightBySize {
      return sum(errors.lazy.map { pow($0, 2) }).squareRoot() / Double(errors.count)
    }
    let total = sizes.reduce(0, +)
    guard total > sizes.count else { return nil }
    let squares = zip(errors, sizes).lazy.map { Double($1 - 1) * pow($0, 2) * Double($1) }
    let variance = sum(squares) / Double(total - sizes.count)
    return (variance / Double(total)).squareRoot()
  }
}
