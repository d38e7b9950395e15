import java.nio.file.Path;
import java.util.Map;
import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;

/**
 * One node of OpenSearch for tests, out of its libraries: the distribution's start script wants module folders and refuses root.
 *
 * Arguments: folder, name, HTTP port, transport port, the transport ports of all nodes, the names of all nodes (separated by commas).
 */
public final class OpenSearchNode {
    private static final class Bare extends Node {
        Bare(Settings settings) {
            super(
                InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "localhost"),
                Plugins.all(),
                true);
        }
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        String hosts = "127.0.0.1:" + args[4].replace(",", ",127.0.0.1:");
        Settings settings = Settings.builder()
            .put("cluster.name", "yearline-tests")
            .put("node.name", args[1])
            .put("path.home", folder.toString())
            .put("path.data", folder.resolve("data").toString())
            .put("path.logs", folder.resolve("logs").toString())
            .put("network.host", "127.0.0.1")
            .put("http.type", "netty4")
            .put("http.port", args[2])
            .put("transport.type", "netty4")
            .put("transport.port", args[3])
            .put("discovery.seed_hosts", hosts)
            .put("cluster.initial_cluster_manager_nodes", args[5])
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .build();
        new Bare(settings).start();
        System.out.println("OpenSearch " + Version.CURRENT + " " + args[1] + " at " + args[2]);
        Thread.currentThread().join();
    }
}
