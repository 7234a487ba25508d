using System.Text.Json;
using System.Text.Json.Nodes;
using Dualstack.Gardener.Shoots;

namespace Dualstack.Gardener.Tests.Shoots;

internal static class SampleShoot
{
    public static Shoot With(Action<JsonObject>? change = null)
    {
        var json = JsonNode.Parse(Text)!.AsObject();
        change?.Invoke(json);
        return new Shoot(JsonSerializer.SerializeToElement(json));
    }

    private const string Text = """
        {
          "apiVersion": "core.gardener.cloud/v1beta1", "kind": "Shoot",
          "metadata": {
            "name": "shop", "namespace": "garden-retail", "uid": "u-1", "resourceVersion": "42", "generation": 4,
            "labels": {"shoot.gardener.cloud/status": "healthy"},
            "annotations": {"shoot.gardener.cloud/tasks": "deployInfrastructure, restartCoreAddons"},
            "somethingNew": {"kept": true}
          },
          "spec": {
            "seedName": "aws-eu1",
            "kubernetes": {"version": "1.33.4"},
            "networking": {"type": "calico", "ipFamilies": ["IPv4"], "nodes": "10.250.0.0/16", "providerConfig": {"overlay": {"enabled": false}}},
            "provider": {"type": "aws", "workers": [
              {"name": "sys", "minimum": 2, "maximum": 4, "updateStrategy": "AutoRollingUpdate"},
              {"name": "load", "minimum": 0, "maximum": 40},
              {"name": "metal", "minimum": 1, "maximum": 1, "updateStrategy": "ManualInPlaceUpdate"}]},
            "maintenance": {"timeWindow": {"begin": "220000+0100", "end": "230000+0100"}, "confineSpecUpdateRollout": true},
            "hibernation": {"enabled": false}
          },
          "status": {
            "observedGeneration": 4, "hibernated": false,
            "technicalID": "shoot--retail--shop", "seedName": "aws-eu1", "uid": "5f0c0f7e-7a55-4b1e-8f5e-1f9a7d0f3c11",
            "clusterIdentity": "shoot--retail--shop-5f0c0f7e-7a55-4b1e-8f5e-1f9a7d0f3c11-my-live-garden",
            "gardener": {"id": "g", "name": "g", "version": "v1.149.3"},
            "lastOperation": {"type": "Reconcile", "state": "Succeeded", "progress": 100, "description": "done", "lastUpdateTime": "2026-08-20T21:14:03Z"},
            "lastErrors": [{"description": "quota", "codes": ["ERR_INFRA_QUOTA_EXCEEDED"]}],
            "networking": {"nodes": ["2600::/56", "10.250.0.0/16"], "pods": ["2600::/56", "100.96.0.0/11"], "services": ["2600:1::/108", "100.64.0.0/13"]},
            "manualWorkerPoolRollout": {"pendingWorkersRollouts": [{"name": "sys", "lastInitiationTime": "2026-08-20T22:00:00Z"}]},
            "credentials": {"rotation": {"certificateAuthorities": {"phase": "Prepared"}, "observability": {"lastInitiationTime": "2026-08-20T22:00:00Z"}}},
            "inPlaceUpdates": {"pendingWorkerUpdates": {"manualInPlaceUpdate": ["metal"]}},
            "conditions": [{"type": "APIServerAvailable", "status": "True", "reason": "HealthzRequestSucceeded", "message": "ok"}],
            "constraints": [
              {"type": "HibernationPossible", "status": "True", "reason": "NoProblematicWebhooks", "message": "ok"},
              {"type": "DualStackNodesMigrationReady", "status": "False", "reason": "DualStackMigration", "message": "m", "lastTransitionTime": "2026-08-20T21:00:00Z"}]
          }
        }
        """;
}
