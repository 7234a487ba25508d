namespace Dualstack.GardenSimulator.Faults;

/// <summary>What can be made to go wrong.</summary>
internal enum FaultKind
{
    /// <summary>The write is committed, then the connection is dropped without an answer.</summary>
    WithholdAnswer,

    /// <summary>The connection is dropped before anything is committed.</summary>
    DropBeforeCommit,

    /// <summary>The write is committed; the answer waits until the fault is deleted.</summary>
    DelayAnswer,

    /// <summary>The request is answered with <see cref="Fault.Code"/>, e.g. 401, 403, 409, 429, 500 or 503.</summary>
    AnswerWith,

    /// <summary>A write is refused by a webhook with <see cref="Fault.Message"/>.</summary>
    WebhookDenial,

    /// <summary>The shoot's next run ends in <see cref="Fault.State"/> with the code <see cref="Fault.ErrorCode"/>.</summary>
    FailRun,

    /// <summary>New nodes of <see cref="Fault.Pool"/> get one pod CIDR only.</summary>
    SingleStackNodes,

    /// <summary>The CNI extension reports no families.</summary>
    CniReportsNoFamilies,

    /// <summary>CoreDNS has no pods.</summary>
    CoreDnsWithoutPods,

    /// <summary>The next rollout annotation disappears without any effect, as when maintenance overwrites it.</summary>
    LoseRollout,

    /// <summary>No run starts.</summary>
    GardenletDown,

    /// <summary>The shoot's own API drops every connection.</summary>
    ShootApiUnreachable,

    /// <summary>All watches are closed, once.</summary>
    CloseWatches,

    /// <summary>All watches are closed and every earlier resourceVersion is too old from now on.</summary>
    ExpireWatches,
}
