using System.Text.Json.Serialization;

namespace Dualstack.Workflows;

/// <summary>Why a migration needs a person.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BlockedCode>))]
public enum BlockedCode
{
    /// <summary>The pod network uses an overlay, which goes with one family only.</summary>
    OverlayNetwork,

    /// <summary>The provider cannot migrate.</summary>
    UnsupportedProvider,

    /// <summary>The shoot is hibernated or about to be.</summary>
    Hibernated,

    /// <summary>Gardener gave up on the shoot.</summary>
    ShootFailed,

    /// <summary>Pools are updated in place, so that their nodes never get a second pod range.</summary>
    InPlacePools,

    /// <summary>Gardener is too old.</summary>
    GardenerTooOld,

    /// <summary>Somebody goes back to one family.</summary>
    WayBackInProgress,

    /// <summary>Gardener refused the change.</summary>
    RefusedByGardener,

    /// <summary>Somebody else's operation waits on the shoot.</summary>
    ForeignOperation,

    /// <summary>The runs that the driver asked for did not help.</summary>
    ReconcilesExhausted,

    /// <summary>The nodes were replaced and are still single-stack.</summary>
    RolloutWithoutEffect,

    /// <summary>The replacement of the nodes does not get on.</summary>
    NodesStuck,

    /// <summary>CoreDNS pods do not get their second address.</summary>
    CoreDnsStuck,

    /// <summary>The last look found something wrong.</summary>
    VerificationFailed,

    /// <summary>The garden does not answer, or no worker of it does what is asked.</summary>
    GardenUnreachable,

    /// <summary>Credentials or rights are missing.</summary>
    RightsMissing,

    /// <summary>The worker's kubeconfig leads to another garden.</summary>
    WrongGarden,

    /// <summary>An activity failed in a way that asking again does not mend.</summary>
    ActivityFailed,

    /// <summary>Gardener is told to leave the shoot alone.</summary>
    Ignored,

    /// <summary>A rotation of credentials is being prepared or completed.</summary>
    RotatingCredentials,

    /// <summary>Pools are being updated in place.</summary>
    UpdatingInPlace,
}
