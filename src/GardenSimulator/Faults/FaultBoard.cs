namespace Dualstack.GardenSimulator.Faults;

/// <summary>The faults that are armed. Guarded by the garden's lock.</summary>
internal sealed class FaultBoard
{
    private readonly List<Fault> faults = [];
    private readonly Dictionary<long, TaskCompletionSource> released = [];
    private long lastId;

    public IReadOnlyList<Fault> All => faults;

    public bool Changed { get; set; }

    public void Restore(IEnumerable<Fault> stored)
    {
        faults.AddRange(stored);
        lastId = faults.Count == 0 ? 0 : faults.Max(fault => fault.Id);
    }

    public Fault Add(Fault fault)
    {
        var numbered = fault with { Id = ++lastId, Struck = 0 };
        faults.Add(numbered);
        Changed = true;
        return numbered;
    }

    public bool Remove(long id)
    {
        var found = faults.RemoveAll(fault => fault.Id == id) > 0;
        Changed |= found;
        if (released.Remove(id, out var source))
        {
            source.TrySetResult();
            found = true;
        }

        return found;
    }

    public void Clear()
    {
        foreach (var id in faults.Select(fault => fault.Id).Concat(released.Keys).Distinct().ToList())
        {
            Remove(id);
        }
    }

    /// <summary>A task that ends when the fault is deleted.</summary>
    public Task Released(long id)
    {
        if (!released.TryGetValue(id, out var source))
        {
            released[id] = source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return source.Task;
    }

    /// <summary>Whether such a fault is armed for the shoot, without using it up.</summary>
    public Fault? Armed(FaultKind kind, string @namespace, string shoot) =>
        faults.Find(fault => fault.Kind == kind && For(fault, @namespace, shoot));

    /// <summary>Uses up one strike of the first fault that fits.</summary>
    public Fault? Strike(FaultKind kind, string @namespace, string shoot, Predicate<Fault>? fits = null) =>
        Strike(fault => fault.Kind == kind && For(fault, @namespace, shoot) && (fits is null || fits(fault)));

    public Fault? Strike(Predicate<Fault> fits)
    {
        var position = faults.FindIndex(fits);
        if (position < 0)
        {
            return null;
        }

        var fault = faults[position] with { Struck = faults[position].Struck + 1 };
        if (fault.Times > 0 && fault.Struck >= fault.Times)
        {
            faults.RemoveAt(position);
        }
        else
        {
            faults[position] = fault;
        }

        Changed = true;
        return fault;
    }

    public static bool For(Fault fault, string? @namespace, string? shoot) =>
        (fault.Namespace is null || fault.Namespace == @namespace) && (fault.Shoot is null || fault.Shoot == shoot);
}
