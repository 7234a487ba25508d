using Dualstack.Gardener.Errors;
using Dualstack.Gardener.Shoots;
using WorkflowKey = Dualstack.Workflows.ShootKey;

namespace Dualstack.Activities;

/// <summary>Names the workflows' shoots in the garden's terms.</summary>
internal static class ShootIdentities
{
    public static ShootIdentity Of(WorkflowKey shoot, string? uid)
    {
        ArgumentNullException.ThrowIfNull(shoot);
        try
        {
            return new ShootIdentity(new ShootKey(shoot.Namespace, shoot.Name), uid, shoot.Garden);
        }
        catch (ArgumentException exception)
        {
            throw new GardenException(GardenErrorKind.NotFound, exception.Message, exception);
        }
    }
}
