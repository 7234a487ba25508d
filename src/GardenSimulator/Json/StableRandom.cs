using System.Globalization;
using System.Text;

namespace Dualstack.GardenSimulator.Json;

/// <summary>Randomness that comes out the same for the same seed, shoot and purpose, however often the garden is restarted.</summary>
internal static class StableRandom
{
    public static double Fraction(int seed, string subject, string purpose, long number = 0) =>
        (Hash(seed, subject, purpose, number) >> 11) / (double)(1UL << 53);

    public static bool Coin(int seed, string subject, string purpose, long number) =>
        (Hash(seed, subject, purpose, number) & 0x100) != 0;

    public static string Suffix(int seed, string subject, string purpose, long number, int length)
    {
        // The alphabet of generated Kubernetes names.
        const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";
        var hash = Hash(seed, subject, purpose, number);
        Span<char> text = stackalloc char[length];
        for (var i = 0; i < length; i++)
        {
            text[i] = Alphabet[(int)(hash % (ulong)Alphabet.Length)];
            hash /= (ulong)Alphabet.Length;
        }

        return new string(text);
    }

    public static Guid Uid(string subject)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(subject)).AsSpan(0, 16).CopyTo(bytes);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }

    public static ulong Hash(int seed, string subject, string purpose, long number) =>
        Fnv(string.Create(CultureInfo.InvariantCulture, $"{seed}|{subject}|{purpose}|{number}"));

    private static ulong Fnv(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ value) * 1099511628211UL;
        }

        // FNV leaves the high bits of short texts nearly alike; this spreads them.
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccdUL;
        hash ^= hash >> 33;
        hash *= 0xc4ceb9fe1a85ec53UL;
        return hash ^ (hash >> 33);
    }
}
