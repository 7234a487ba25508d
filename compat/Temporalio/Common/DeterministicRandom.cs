using System.Buffers.Binary;

namespace Temporalio.Common;

/// <summary>The generator that workflows draw from: PCG XSL RR 128/64 (MCG), the same everywhere for the same seed.</summary>
public class DeterministicRandom : Random
{
    private static readonly UInt128 Multiplier = new(0x2360ED051FC65DA4, 0x4385DF649FCCF645);

    private UInt128 state;

    public DeterministicRandom(ulong seed)
    {
        Span<byte> expanded = stackalloc byte[16];
        var expander = seed;
        for (var i = 0; i < 4; i++)
        {
            expander = unchecked((expander * 6364136223846793005UL) + 11634580027462260723UL);
            var shifted = (uint)(((expander >> 18) ^ expander) >> 27);
            var word = uint.RotateRight(shifted, (int)(expander >> 59));
            BinaryPrimitives.WriteUInt32LittleEndian(expanded[(4 * i)..], word);
        }

        state = BinaryPrimitives.ReadUInt128LittleEndian(expanded) | UInt128.One;
    }

    public override int Next() => Next(0, int.MaxValue);

    public override int Next(int maxValue) => Next(0, maxValue);

    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        if (minValue == maxValue)
        {
            return minValue;
        }

        var range = (uint)((long)maxValue - minValue);
        return (int)(minValue + (long)Below(range));
    }

    public override double NextDouble()
    {
        var bits = (Draw() >> 12) | 0x3FF0000000000000UL;
        return BitConverter.UInt64BitsToDouble(bits) - 1.0;
    }

    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        Span<byte> word = stackalloc byte[8];
        for (var offset = 0; offset < buffer.Length; offset += 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, Draw());
            word[..Math.Min(8, buffer.Length - offset)].CopyTo(buffer.AsSpan(offset));
        }
    }

    public override void NextBytes(Span<byte> buffer) => throw new NotImplementedException(
        "DeterministicRandom fills arrays, not spans: use NextBytes(byte[])");

    protected override double Sample() => NextDouble();

    private ulong Draw()
    {
        state = unchecked(state * Multiplier);
        var folded = (ulong)(state >> 64) ^ (ulong)state;
        return ulong.RotateRight(folded, (int)(state >> 122));
    }

    private uint Below(uint range)
    {
        var product = (ulong)(uint)Draw() * range;
        var high = (uint)(product >> 32);
        var low = (uint)product;
        if (low > unchecked(0u - range))
        {
            var correction = (uint)(((ulong)(uint)Draw() * range) >> 32);
            if (unchecked(low + correction) < low)
            {
                high++;
            }
        }

        return high;
    }
}
