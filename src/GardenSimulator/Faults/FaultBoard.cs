namespace Dualstack.GardenSimulator.Faults;

/// <summary>The faults that are armed. Guarded by the garden's lock.</summary>
internal sealed class FaultBoard
{
    private readonly List<Fault> _faults = [];
    private readonly Dictionary<long, TaskCompletionSource> _released = [];
    private long _lastId;

    public IReadOnlyList<Fault> All => _faults;

    public bool Changed { get; set; }

    public void Restore(IEnumerable<Fault> faults)
    {
        _faults.AddRange(faults);
        _lastId = _faults.Count == 0 ? 0 : _faults.Max(fault => fault.Id);
    }

    public Fault Add(Fault fault)
    {
        var numbered = fault with { Id = ++_lastId, Struck = 0 };
        _faults.Add(numbered);
        Changed = true;
        return numbered;
    }

    public bool Remove(long id)
    {
        var found = _faults.RemoveAll(fault => fault.Id == id) > 0;
        Changed |= found;
        if (_released.Remove(id, out var source))
        {
            source.TrySetResult();
            found = true;
        }

        return found;
    }

    public void Clear()
    {
        foreach (var id in _faults.Select(fault => fault.Id).Concat(_released.Keys).Distinct().ToList())
        {
            Remove(id);
        }
    }

    /// <summary>A task that ends when the fault is deleted.</summary>
    public Task Released(long id)
    {
        if (!_released.TryGetValue(id, out var source))
        {
            _released[id] = source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return source.Task;
    }

    /// <summary>Whether such a fault is armed for the shoot, without using it up.</summary>
    public Fault? Armed(FaultKind kind, string @namespace, string shoot) =>
        _faults.Find(fault => fault.Kind == kind && For(fault, @namespace, shoot));

    /// <summary>Uses up one strike of the first fault that fits.</summary>
    public Fault? Strike(FaultKind kind, string @namespace, string shoot, Predicate<Fault>? fits = null) =>
        Strike(fault => fault.Kind == kind && For(fault, @namespace, shoot) && (fits is null || fits(fault)));

    public Fault? Strike(Predicate<Fault> fits)
    {
        var position = _faults.FindIndex(fits);
        if (position < 0)
        {
            return null;
        }

        var fault = _faults[position] with { Struck = _faults[position].Struck + 1 };
        if (fault.Times > 0 && fault.Struck >= fault.Times)
        {
            _faults.RemoveAt(position);
        }
        else
        {
            _faults[position] = fault;
        }

        Changed = true;
        return fault;
    }

    public static bool For(Fault fault, string? @namespace, string? shoot) =>
        (fault.Namespace is null || fault.Namespace == @namespace) && (fault.Shoot is null || fault.Shoot == shoot);
}
