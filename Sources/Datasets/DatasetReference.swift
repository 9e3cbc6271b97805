public import Diagnostics
public import YAML

/// What a task says of its data.
public struct DatasetReference: Sendable {
  /// `dataset_path`: a reader's name, a folder, or a name below a mirror.
  public var path: Located<String>
  /// `dataset_name`: one of several configurations.
  public var name: Located<String>?
  /// `dataset_kwargs`: a mapping.
  public var arguments: Node?
  /// The folder of the YAML file; relative paths are tried there first, then in the working folder.
  public var taskFolder: String

  public init(
    path: Located<String>, name: Located<String>? = nil, arguments: Node? = nil, taskFolder: String
  ) {
    self.path = path
    self.name = name
    self.arguments = arguments
    self.taskFolder = taskFolder
  }
}
