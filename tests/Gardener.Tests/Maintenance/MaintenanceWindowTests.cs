using System.Globalization;
using Dualstack.Gardener.Maintenance;
using FsCheck.Xunit;

namespace Dualstack.Gardener.Tests.Maintenance;

public class MaintenanceWindowTests
{
    [Theory]
    [InlineData("220000+0100", "230000+0100", "20:59:59", false)]
    [InlineData("220000+0100", "230000+0100", "21:00:00", true)]
    [InlineData("220000+0100", "230000+0100", "22:00:00", true)]
    [InlineData("220000+0100", "230000+0100", "22:00:01", false)]
    [InlineData("233000+0000", "003000+0000", "23:45:00", true)]
    [InlineData("233000+0000", "003000+0000", "00:30:00", true)]
    [InlineData("233000+0000", "003000+0000", "12:00:00", false)]
    [InlineData("003000+0100", "013000+0100", "23:45:00", true)]
    [InlineData("020000-1200", "030000+0000", "14:00:00", true)]
    [InlineData("020000-1200", "030000+0000", "02:59:59", true)]
    public void Contains_WindowsOfGardener_BothEndsInclusiveInUtc(string begin, string end, string time, bool inside)
    {
        Assert.True(MaintenanceWindow.TryParse(begin, end, out var window));
        Assert.Equal(inside, window.Contains(DateTimeOffset.Parse($"2026-03-29T{time}Z", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("220000", "230000+0100")]
    [InlineData("250000+0000", "230000+0000")]
    [InlineData("220000+0100", null)]
    [InlineData("22:00:00+01:00", "230000+0100")]
    public void TryParse_SomethingElse_IsRefused(string begin, string? end) => Assert.False(MaintenanceWindow.TryParse(begin, end, out _));

    [Fact]
    public void Length_AcrossMidnight_IsCounted() => Assert.Equal(TimeSpan.FromHours(1), new MaintenanceWindow(new(23, 30), new(0, 30)).Length);

    [Property]
    public bool NextOpening_FromAnyMoment_IsInsideAndNotMoreThanADayAway(ushort begin, ushort length, int seconds)
    {
        var from = TimeOnly.MinValue.Add(TimeSpan.FromSeconds(begin % 86400));
        var window = new MaintenanceWindow(from, from.Add(TimeSpan.FromSeconds(1800 + (length % 19800))));
        var moment = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(seconds);
        var opening = window.NextOpening(moment);
        return opening >= moment && opening - moment < TimeSpan.FromDays(1) && window.Contains(opening);
    }

    [Property]
    public bool Remaining_AtAnyMomentInside_EndsAtTheEnd(ushort begin, ushort length, ushort into)
    {
        var from = TimeOnly.MinValue.Add(TimeSpan.FromSeconds(begin));
        var seconds = 1800 + (length % 19800);
        var window = new MaintenanceWindow(from, from.Add(TimeSpan.FromSeconds(seconds)));
        var moment = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + from.ToTimeSpan() + TimeSpan.FromSeconds(into % seconds);
        return window.Remaining(moment) == TimeSpan.FromSeconds(seconds - (into % seconds));
    }
}
