import TestPeers
import Testing

/// The tests over real sockets, one after another: a test waits on its sockets in one of the few threads that
/// all tests share.
@Suite(.takesTurns, .serialized)
struct LiveTests {}
