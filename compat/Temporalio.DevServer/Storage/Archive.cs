using System.Text;

namespace Temporalio.DevServer.Storage;

/// <summary>
/// One description of a state's fields serves writing and reading: in the reading direction each call replaces the field's value.
/// </summary>
internal sealed class Archive
{
    private readonly BinaryReader? reader;
    private readonly BinaryWriter? writer;

    private Archive(BinaryReader? reader, BinaryWriter? writer)
    {
        this.reader = reader;
        this.writer = writer;
    }

    public bool Reading => reader is not null;

    public static byte[] Write(Action<Archive> visit)
    {
        using var stream = new MemoryStream(1024);
        using var binary = new BinaryWriter(stream, Encoding.UTF8);
        visit(new Archive(null, binary));
        binary.Flush();
        return stream.ToArray();
    }

    public static void Read(byte[] data, Action<Archive> visit)
    {
        using var stream = new MemoryStream(data, writable: false);
        using var binary = new BinaryReader(stream, Encoding.UTF8);
        visit(new Archive(binary, null));
    }

    public void Value(ref string value)
    {
        if (reader is not null)
        {
            value = reader.ReadString();
        }
        else
        {
            writer!.Write(value);
        }
    }

    public void Value(ref long value)
    {
        if (reader is not null)
        {
            value = reader.Read7BitEncodedInt64();
        }
        else
        {
            writer!.Write7BitEncodedInt64(value);
        }
    }

    public void Value(ref int value)
    {
        if (reader is not null)
        {
            value = reader.Read7BitEncodedInt();
        }
        else
        {
            writer!.Write7BitEncodedInt(value);
        }
    }

    public void Value(ref bool value)
    {
        if (reader is not null)
        {
            value = reader.ReadBoolean();
        }
        else
        {
            writer!.Write(value);
        }
    }

    public void Value(ref TimeSpan value)
    {
        var ticks = value.Ticks;
        Value(ref ticks);
        value = new TimeSpan(ticks);
    }

    public void Value(ref DateTimeOffset value)
    {
        var ticks = value.UtcTicks;
        Value(ref ticks);
        value = new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    public void Value(ref DateTimeOffset? value)
    {
        var ticks = value?.UtcTicks ?? 0;
        Value(ref ticks);
        value = ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    public void Enumeration<T>(ref T value)
        where T : struct, Enum
    {
        var number = (int)(object)value;
        Value(ref number);
        value = (T)(object)number;
    }

    public void Message<T>(ref T? value)
        where T : class, IMessage<T>, new()
    {
        if (reader is not null)
        {
            var length = reader.Read7BitEncodedInt();
            if (length < 0)
            {
                value = null;
                return;
            }

            value = new T();
            value.MergeFrom(reader.ReadBytes(length));
        }
        else if (value is null)
        {
            writer!.Write7BitEncodedInt(-1);
        }
        else
        {
            var bytes = value.ToByteArray();
            writer!.Write7BitEncodedInt(bytes.Length);
            writer.Write(bytes);
        }
    }

    public void Strings(ICollection<string> items)
    {
        var count = items.Count;
        Value(ref count);
        if (reader is not null)
        {
            items.Clear();
            for (var i = 0; i < count; i++)
            {
                items.Add(reader.ReadString());
            }

            return;
        }

        foreach (var item in items)
        {
            writer!.Write(item);
        }
    }

    public void Messages<T>(List<T> items)
        where T : class, IMessage<T>, new() => Items(items, static (Archive archive, ref T item) =>
    {
        T? value = item;
        archive.Message(ref value);
        item = value!;
    });

    public void Items<T>(List<T> items, ItemVisitor<T> visit)
        where T : class, new()
    {
        var count = items.Count;
        Value(ref count);
        if (reader is not null)
        {
            items.Clear();
            items.EnsureCapacity(count);
        }

        for (var i = 0; i < count; i++)
        {
            var item = reader is not null ? new T() : items[i];
            visit(this, ref item);
            if (reader is not null)
            {
                items.Add(item);
            }
        }
    }

    /// <summary>A dictionary whose values know their keys.</summary>
    public void Map<TKey, TValue>(Dictionary<TKey, TValue> map, Func<TValue, TKey> key)
        where TKey : notnull
        where TValue : class, IArchived, new()
    {
        var count = map.Count;
        Value(ref count);
        if (reader is not null)
        {
            map.Clear();
            for (var i = 0; i < count; i++)
            {
                var item = new TValue();
                item.Visit(this);
                map.Add(key(item), item);
            }

            return;
        }

        foreach (var item in map.Values)
        {
            item.Visit(this);
        }
    }

    /// <summary>An object that may be absent.</summary>
    public void Optional<T>(ref T? value)
        where T : class, IArchived, new()
    {
        var present = value is not null;
        Value(ref present);
        if (!present)
        {
            value = null;
            return;
        }

        value ??= new T();
        value.Visit(this);
    }

    internal delegate void ItemVisitor<T>(Archive archive, ref T item);
}

internal interface IArchived
{
    void Visit(Archive archive);
}
