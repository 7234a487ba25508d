namespace Temporalio.Workflows;

public enum SuggestContinueAsNewReason
{
    Unspecified = 0,
    HistorySizeTooLarge = 1,
    TooManyHistoryEvents = 2,
    TooManyUpdates = 3,
}
