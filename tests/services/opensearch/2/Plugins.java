import java.util.Collection;
import java.util.List;
import org.opensearch.plugins.Plugin;

/** What a node of OpenSearch 2 cannot be without. */
final class Plugins {
    static Collection<Class<? extends Plugin>> all() {
        return List.of(
            org.opensearch.transport.Netty4Plugin.class,
            org.opensearch.analysis.common.CommonAnalysisPlugin.class,
            org.opensearch.painless.PainlessPlugin.class);
    }
}
