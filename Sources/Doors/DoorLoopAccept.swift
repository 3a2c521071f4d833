import Glibc

extension DoorLoop {
    /// Takes what waits at a listener; not without end, so that a flood there can't hold the other doors.
    func accept(_ place: Int) {
        guard listeners.indices.contains(place) else { return }
        let listener = listeners[place]
        for _ in 0..<64 {
            switch listener.accept() {
            case .connection(let socket, let address):
                open(socket, address: address, place: place)
            case .nobody:
                return
            case .failed(let code):
                // The waiting connection would be reported at once and for ever.
                for listener in listeners { poller.remove(listener.number) }
                resumeAccepting = now + 100
                return report("can't take a connection: \(String(cString: strerror(code)))", place)
            }
        }
    }

    func watchListeners() {
        resumeAccepting = nil
        for (place, listener) in listeners.enumerated() {
            poller.add(listener.number, .input, number: UInt64(place) + 1)
        }
    }

    private func open(_ socket: consuming Descriptor, address: String?, place: Int) {
        let door = listeners[place].door
        let connection = Connection(
            number: nextNumber, door: door, place: place, socket: socket, now: now)
        nextNumber += 1
        connections[connection.number] = connection
        if let address, !door.allows(address) {
            refuse(connection, .notAllowed)
        } else if openOfListener[place] >= door.connections {
            refuse(connection, .tooManyConnections(limit: door.connections))
        } else {
            openOfListener[place] += 1
            countOpened()
        }
        settle(connection)
    }

    private func refuse(_ connection: Connection, _ reply: Reply) {
        connection.isRefused = true
        connection.isInputEnded = true
        connection.conversation.say(reply)
        if case .error(let kind, _) = reply { report("refused a connection: \(kind)", connection.place) }
    }

    /// Tells the operator, at most once in ten seconds a door.
    private func report(_ what: String, _ place: Int) {
        guard now - lastNotices[place] >= 10_000 else { return }
        lastNotices[place] = now
        notice("door \(listeners[place].door.name): \(what)")
    }
}
