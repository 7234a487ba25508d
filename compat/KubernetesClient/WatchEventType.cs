using System.Runtime.Serialization;

namespace k8s;

public enum WatchEventType
{
    [EnumMember(Value = "ADDED")]
    Added,

    [EnumMember(Value = "MODIFIED")]
    Modified,

    [EnumMember(Value = "DELETED")]
    Deleted,

    [EnumMember(Value = "ERROR")]
    Error,

    [EnumMember(Value = "BOOKMARK")]
    Bookmark,
}
