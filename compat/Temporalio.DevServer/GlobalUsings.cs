global using Google.Protobuf;
global using Temporalio.Api.Common.V1;
global using Temporalio.Api.Enums.V1;
global using Temporalio.Api.Failure.V1;
global using Temporalio.Api.History.V1;
global using Any = Google.Protobuf.WellKnownTypes.Any;
global using ProtoDuration = Google.Protobuf.WellKnownTypes.Duration;
global using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;
