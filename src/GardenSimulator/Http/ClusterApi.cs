using Dualstack.GardenSimulator.Faults;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Http;

/// <summary>The APIs of the shoots' clusters.</summary>
internal sealed class ClusterApi(Garden garden)
{
    public IApi? For(string uid) => garden.Enter(() => garden.FindState(uid)) is null ? null : new OneCluster(garden, uid);

    /// <summary>Whether nobody answers behind the shoot's address.</summary>
    public bool Unreachable(string uid) => garden.Enter(() =>
        garden.FindState(uid) is { } state && garden.Shoots.FindByUid(uid) is { } entry
        && (entry.Parse().Flag("status", "hibernated") == true
            || garden.Faults.Armed(FaultKind.ShootApiUnreachable, state.Namespace, state.Name) is not null));

    private sealed class OneCluster(Garden garden, string uid) : IApi
    {
        public IReadOnlyList<ResourceDefinition> Catalog => Http.Catalog.Cluster;

        public string Prefix => $"/shoots/{uid}";

        public (string? Namespace, string? Shoot) Subject(ApiRequest request) => (garden.State(uid).Namespace, garden.State(uid).Name);

        public Func<ApiAnswer> Read(ApiRequest request, ResourceDefinition definition)
        {
            var (items, _, version, _, _) = Derived(request) ?? throw ApiError.UnknownPath();
            var (present, now) = (items.ToList(), garden.Now);
            return () => request.Name is null
                ? DerivedReads.List(request, definition, present, version, now)
                : DerivedReads.Get(request, definition, present, now);
        }

        public WriteResult Write(ApiRequest request, ResourceDefinition definition, byte[] body, Caller caller)
        {
            if (AccessReviews.Is(definition.Plural))
            {
                return AccessReviews.Create(request, body, caller, garden.Faults);
            }

            var state = garden.State(uid);
            var work = new ShootWork(garden, garden.Shoots.FindByUid(uid)!, state, garden.Now);
            var result = ClusterWrites.Write(request, body, work, definition);
            garden.Reschedule(state);
            return result;
        }

        public DerivedObjects? Derived(ApiRequest request) =>
            garden.FindState(uid) is { } state && garden.Shoots.FindByUid(uid) is { } entry
                ? new DerivedObjects(
                    DerivedResources.InCluster(entry.Parse(), state, request.Resource),
                    state.Deleted.FindAll(item => item.Resource == request.Resource),
                    state.ClusterVersion,
                    state.OldestWatchable,
                    state.Nodes.Select(node => (node.Uid, node.CreatedVersion)).Concat(state.Pods.Select(pod => (pod.Uid, pod.CreatedVersion))).ToDictionary(item => item.Uid, item => item.CreatedVersion))
                : null;
    }
}
