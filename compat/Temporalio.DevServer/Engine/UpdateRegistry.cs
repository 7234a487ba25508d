namespace Temporalio.DevServer.Engine;

/// <summary>Updates in flight of one run, in the order of their arrival.</summary>
internal sealed class UpdateRegistry
{
    private readonly List<UpdateRecord> records = [];

    public bool IsEmpty => records.Count == 0;

    public int Count => records.Count;

    public IReadOnlyList<UpdateRecord> All => records;

    public bool HasUnsent => records.Exists(static record => record.Phase == UpdatePhase.Admitted);

    public void Add(UpdateRecord record) => records.Add(record);

    public void Remove(UpdateRecord record) => records.Remove(record);

    public UpdateRecord? Find(string id) => records.Find(record => record.Id == id);

    /// <summary>A task that carried updates was lost: they go out again with the next one.</summary>
    public void ForgetSending()
    {
        foreach (var record in records)
        {
            if (record.Phase == UpdatePhase.Sent)
            {
                record.Phase = UpdatePhase.Admitted;
            }
        }
    }
}
