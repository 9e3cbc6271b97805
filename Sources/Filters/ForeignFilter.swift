public import Exchange
public import Values

/// A filter that a task's author wrote in Python: a class, or the function of a `custom` step.
public struct ForeignFilter: FilterStep {
  private let function: ForeignFunction
  private let options: OrderedMap

  /// - Parameter options: what stands beside `function` in the step, for the class.
  public init(_ function: ForeignFunction, options: OrderedMap) {
    self.function = function
    self.options = options
  }

  var givenName: String { function.reference.name }

  public func apply(toAll answers: [Value], of documents: [OrderedMap]) throws(StepError) -> [Value] {
    do throws(ForeignError) {
      return try function.filtered(answers, of: documents, options: options)
    } catch {
      throw StepError(request: nil, FilterError(error.message, help: error.help, note: error.traceback))
    }
  }
}
