/// A piece of a template's text: what it is and where it stands.
struct Token: BitwiseCopyable, Sendable {
  enum Kind: UInt8, BitwiseCopyable, Sendable {
    case data, variableBegin, variableEnd, blockBegin, blockEnd, end
    case name, string, integer, float
    case add, subtract, multiply, divide, floorDivide, modulo, power, tilde
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    case assign, dot, comma, colon, semicolon, pipe
    case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
  }

  var kind: Kind
  var range: ByteRange
}

extension Token.Kind {
  /// What a message calls it.
  var spelling: String {
    switch self {
    case .data: "text"
    case .variableBegin: "`{{`"
    case .variableEnd: "`}}`"
    case .blockBegin: "`{%`"
    case .blockEnd: "`%}`"
    case .end: "the end of the template"
    case .name: "a name"
    case .string: "a string"
    case .integer: "an integer"
    case .float: "a number"
    case .add: "`+`"
    case .subtract: "`-`"
    case .multiply: "`*`"
    case .divide: "`/`"
    case .floorDivide: "`//`"
    case .modulo: "`%`"
    case .power: "`**`"
    case .tilde: "`~`"
    case .equal: "`==`"
    case .notEqual: "`!=`"
    case .less: "`<`"
    case .lessOrEqual: "`<=`"
    case .greater: "`>`"
    case .greaterOrEqual: "`>=`"
    case .assign: "`=`"
    case .dot: "`.`"
    case .comma: "`,`"
    case .colon: "`:`"
    case .semicolon: "`;`"
    case .pipe: "`|`"
    case .leftParenthesis: "`(`"
    case .rightParenthesis: "`)`"
    case .leftBracket: "`[`"
    case .rightBracket: "`]`"
    case .leftBrace: "`{`"
    case .rightBrace: "`}`"
    }
  }
}
