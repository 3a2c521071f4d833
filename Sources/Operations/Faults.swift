public import Storage

/// Thrown where as much waits for the writer as may: nothing was changed, and the caller may come back.
public typealias Overloaded = Storage.Overloaded
