using Dualstack.Gardener.Errors;
using Dualstack.Gardener.Shoots;
using k8s;
using k8s.Models;

namespace Dualstack.Gardener.Garden;

/// <summary>Asks the garden what we may do, before anything depends on it.</summary>
/// <param name="kubernetes">A client of the garden's API.</param>
public sealed class GardenRights(IKubernetes kubernetes)
{
    /// <summary>What a migration needs. Without the last one nodes cannot be seen, and garden evidence alone decides.</summary>
    public static readonly IReadOnlyList<GardenRight> Needed =
    [
        new("get", "shoots"), new("list", "shoots"), new("watch", "shoots"), new("patch", "shoots"), new("create", "shoots/viewerkubeconfig"),
    ];

    /// <summary>Asks for each right that a migration needs.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The rights that are missing.</returns>
    /// <exception cref="GardenException">The garden could not be asked.</exception>
    public async Task<IReadOnlyList<GardenRight>> MissingAsync(ShootScope scope, CancellationToken cancellationToken)
    {
        var missing = new List<GardenRight>();
        foreach (var right in Needed)
        {
            var parts = right.Resource.Split('/', 2);
            var review = new V1SelfSubjectAccessReview
            {
                Spec = new()
                {
                    ResourceAttributes = new()
                    {
                        Group = GardenNames.Group,
                        Version = GardenNames.Version,
                        Resource = parts[0],
                        Subresource = parts.ElementAtOrDefault(1),
                        Verb = right.Verb,
                        NamespaceProperty = scope.Namespace,
                    },
                },
            };
            var answer = await ApiErrors.GuardAsync(
                new ApiRequest("the garden", "create", "selfsubjectaccessreviews", null, "an access review"),
                () => kubernetes.AuthorizationV1.CreateSelfSubjectAccessReviewAsync(review, cancellationToken: cancellationToken),
                cancellationToken);
            if (answer.Status?.Allowed != true)
            {
                missing.Add(right);
            }
        }

        return missing;
    }
}
