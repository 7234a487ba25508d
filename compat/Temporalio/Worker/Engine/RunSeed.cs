using System.Buffers.Binary;
using System.Text;

namespace Temporalio.Worker.Engine;

/// <summary>The seed that a run's randomness starts from: SipHash-1-3 with a zero key over the run id and one 0xFF byte.</summary>
internal static class RunSeed
{
    internal static ulong FromRunId(string runId)
    {
        var input = new byte[Encoding.UTF8.GetByteCount(runId) + 1];
        Encoding.UTF8.GetBytes(runId, input);
        input[^1] = 0xFF;
        return SipHash13(input);
    }

    private static ulong SipHash13(ReadOnlySpan<byte> input)
    {
        ulong v0 = 0x736F6D6570736575, v1 = 0x646F72616E646F6D, v2 = 0x6C7967656E657261, v3 = 0x7465646279746573;
        var rest = input;
        for (; rest.Length >= 8; rest = rest[8..])
        {
            Compress(BinaryPrimitives.ReadUInt64LittleEndian(rest), ref v0, ref v1, ref v2, ref v3);
        }

        var last = (ulong)input.Length << 56;
        for (var i = 0; i < rest.Length; i++)
        {
            last |= (ulong)rest[i] << (8 * i);
        }

        Compress(last, ref v0, ref v1, ref v2, ref v3);
        v2 ^= 0xFF;
        for (var i = 0; i < 3; i++)
        {
            Round(ref v0, ref v1, ref v2, ref v3);
        }

        return v0 ^ v1 ^ v2 ^ v3;
    }

    private static void Compress(ulong word, ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= word;
    }

    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        unchecked
        {
            v0 += v1;
            v1 = ulong.RotateLeft(v1, 13) ^ v0;
            v0 = ulong.RotateLeft(v0, 32);
            v2 += v3;
            v3 = ulong.RotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = ulong.RotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = ulong.RotateLeft(v1, 17) ^ v2;
            v2 = ulong.RotateLeft(v2, 32);
        }
    }
}
