public import HTTP
public import Operations
import Registration

/// Every page, as a router that needs no socket; mount it at the root.
public func pages(_ frontOfHouse: FrontOfHouse, settings: WebSettings) -> Router {
    let site = Site(frontOfHouse, settings)
    var router = Router()
    router.on(.get, "/", site.showEvents)
    router.on(.get, "/e/{event}", site.showEvent)
    router.on(.get, "/e/{event}/register", site.showRegister)
    router.on(
        .post, "/e/{event}/register", bodyLimitBytes: QuestionFields.bodyLimitBytes, site.register)
    router.on(.get, "/e/{event}/register/group", site.showGroup)
    router.on(
        .post, "/e/{event}/register/group", bodyLimitBytes: QuestionFields.bodyLimitBytes, site.registerGroup)
    router.on(.get, "/e/{event}/me/{reference}/{key}", site.showAttendee)
    router.on(.get, "/e/{event}/sent", site.showSent)
    router.on(.get, "/e/{event}/link", site.showLink)
    router.on(.post, "/e/{event}/link", site.sendLink)
    router.on(.get, "/e/{event}/confirm/{reference}/{key}", site.showConfirmAddress)
    router.on(.post, "/e/{event}/confirm/{reference}/{key}", site.confirmAddress)
    router.on(.get, "/e/{event}/me/{reference}/{key}/workshops", site.showChangeWorkshops)
    router.on(.post, "/e/{event}/me/{reference}/{key}/workshops", site.changeWorkshops)
    router.on(.get, "/e/{event}/me/{reference}/{key}/details", site.showChangeDetails)
    router.on(.post, "/e/{event}/me/{reference}/{key}/details", site.changeDetails)
    router.on(.get, "/e/{event}/me/{reference}/{key}/cancel", site.showCancel)
    router.on(.post, "/e/{event}/me/{reference}/{key}/cancel", site.cancelOwn)
    router.on(.get, "/e/{event}/me/{reference}/{key}/badge.pdf", site.downloadBadge)
    router.on(.get, "/e/{event}/me/{reference}/{key}/certificate.pdf", site.downloadCertificate)
    router.on(.get, "/e/{event}/me/{reference}/{key}/materials/{material}", site.downloadMaterial)
    router.on(.get, "/e/{event}/me/{reference}/{key}/feedback", site.showFeedback)
    router.on(
        .post, "/e/{event}/me/{reference}/{key}/feedback", bodyLimitBytes: Site.feedbackBodyLimitBytes,
        site.giveFeedback)
    router.on(.post, "/e/{event}/me/{reference}/{key}/feedback/withdraw", site.withdrawQuotes)
    router.on(.get, "/e/{event}/me/{reference}/{key}/answers", site.showAnswers)
    router.on(
        .post, "/e/{event}/me/{reference}/{key}/answers", bodyLimitBytes: QuestionFields.bodyLimitBytes,
        site.changeAnswers)
    router.on(.post, "/e/{event}/me/{reference}/{key}/consents", site.changeConsents)
    router.on(.get, "/verify", site.showVerify)
    router.on(.get, "/verify/{code}", site.verifyAtAddress)

    router.on(.get, "/login", site.showLogin)
    router.on(.post, "/login", site.signIn)
    router.on(.post, "/logout", site.staffForm(.reception, site.signOut))
    router.on(.get, "/sign-ins", site.staff(.reception, site.showSignIns))
    router.on(.post, "/sign-ins/{id}/end", site.staffForm(.reception, site.endSignIn))

    router.on(.get, "/desk", site.staff(.reception, site.showStaffEvents))
    router.on(.get, "/desk/{event}", site.staff(.reception, site.showDesk))
    router.on(.post, "/desk/{event}/scan", site.staffForm(.reception, site.scanAtDesk))
    router.on(.get, "/desk/{event}/{reference}", site.staff(.reception, site.showDeskAttendee))
    router.on(.post, "/desk/{event}/{reference}/check-in", site.staffForm(.reception, site.checkInAtDesk))
    router.on(.get, "/desk/{event}/{reference}/details", site.staff(.reception, site.showDeskDetails))
    router.on(
        .post, "/desk/{event}/{reference}/details", site.staffForm(.reception, site.changeDeskDetails))
    router.on(.get, "/desk/{event}/{reference}/workshops", site.staff(.reception, site.showDeskWorkshops))
    router.on(
        .post, "/desk/{event}/{reference}/workshops", site.staffForm(.reception, site.changeDeskWorkshops))
    router.on(.get, "/desk/{event}/{reference}/cancel", site.staff(.organiser, site.showDeskCancel))
    router.on(
        .post, "/desk/{event}/{reference}/cancel", site.staffForm(.organiser, site.cancelForAttendee))
    router.on(.get, "/desk/{event}/{reference}/erase", site.staff(.organiser, site.showDeskErase))
    router.on(.post, "/desk/{event}/{reference}/erase", site.staffForm(.organiser, site.eraseAtDesk))
    router.on(.post, "/desk/{event}/{reference}/place", site.staffForm(.organiser, site.givePlaceAtDesk))
    router.on(.post, "/desk/{event}/{reference}/badge", site.staffForm(.reception, site.printAtDesk))
    router.on(
        .post, "/desk/{event}/{reference}/badge/{job}/retry", site.staffForm(.reception, site.retryAtDesk))

    router.on(
        .post, "/desk/{event}/{reference}/badge/{job}/cancel", site.staffForm(.reception, site.cancelAtDesk))

    router.on(.get, "/organise", site.staff(.organiser, site.showStaffEvents))
    router.on(.get, "/organise/{event}", site.staff(.organiser, site.showLive))
    router.on(.get, "/organise/{event}/live", site.staff(.organiser, site.followLive))
    router.on(.get, "/organise/{event}/lists", site.staff(.organiser, site.showLists))
    router.on(.post, "/organise/{event}/lists/hold", site.staffForm(.organiser, site.holdLists))
    router.on(.post, "/organise/{event}/lists/give", site.staffForm(.organiser, site.givePlace))
    router.on(.post, "/organise/{event}/lists/capacity", site.staffForm(.organiser, site.changeCapacity))
    router.on(.get, "/organise/{event}/letters", site.staff(.organiser, site.showLetters))
    router.on(
        .post, "/organise/{event}/letters/again", site.staffForm(.organiser, site.sendLettersAgain))
    router.on(
        .post, "/organise/{event}/letters/{letter}/again",
        site.staffForm(.organiser, site.sendLetterAgain))
    router.on(.get, "/organise/{event}/erased", site.staff(.organiser, site.showErased))
    router.on(.get, "/organise/{event}/needs", site.staff(.organiser, site.showNeeds))
    router.on(.get, "/organise/{event}/consents", site.staff(.organiser, site.showConsents))
    router.on(.get, "/organise/{event}/attendees.csv", site.staff(.organiser, site.exportAttendees))

    router.on(.get, "/organise/{event}/materials", site.staff(.organiser, site.showMaterials))
    router.on(
        .post, "/organise/{event}/materials/files", taking: Site.fileFormUpload,
        site.staffUpload(.organiser, site.addFile))
    router.on(.post, "/organise/{event}/materials/links", site.staffForm(.organiser, site.addLink))
    router.on(
        .get, "/organise/{event}/materials/{material}", site.staff(.organiser, site.downloadMaterialAsStaff))
    router.on(
        .post, "/organise/{event}/materials/{material}/remove",
        site.staffForm(.organiser, site.removeMaterial))
    router.on(.get, "/organise/{event}/feedback", site.staff(.organiser, site.showFeedbackResults))

    Asset.addRoutes(to: &router)
    let headers = SecurityHeaders(isSecure: site.isSecure)
    router.finish = { response, _ in headers.add(to: &response) }
    router.errorPage = { site.errorPage($0, $1) }
    return router
}
