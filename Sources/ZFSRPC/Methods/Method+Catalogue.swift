extension Method {
    /// Every method, in the order of the reference.
    static let catalogue: [Method] = [
        datasetList, datasetCreate, datasetDestroy, datasetRename, datasetPromote, datasetGetProperties,
        datasetSetProperty, datasetInheritProperty, datasetGetSpace, datasetMount, datasetUnmount, datasetLoadKey,
        datasetUnloadKey, datasetChangeKey,
        snapshotList, snapshotCreate, snapshotCreateAuto, snapshotDestroy, snapshotRename, snapshotRollback,
        snapshotDiff, cloneCreate, snapshotHold, snapshotRelease, snapshotHoldsList, bookmarkCreate, bookmarkList,
        bookmarkDestroy,
        volumeCreate, volumeList, volumeResize,
        poolList, poolGetProperties, poolSetProperty, poolStatus, poolScrubStart, poolScrubStop, poolScrubPause,
        poolTrimStart, poolTrimStop, poolHistory, poolIOStat, poolEvents,
        sendEstimate, sendToFile, receiveFromFile, receiveAbort,
        streamInit, streamList, streamCancel,
        tokenCreateSend, tokenCreateReceive, tokenList, tokenRevoke, tokenStats,
        migrationCreate, migrationPlan, migrationList, migrationGet, migrationProgress, migrationCancel,
        migrationUpdate, taskEvents, syncList, syncPrune,
        authLogin, authLogout, authRevoke, systemInfo,
    ]
}
