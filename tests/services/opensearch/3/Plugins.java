import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.opensearch.Version;
import org.opensearch.plugins.PluginInfo;

/** What a node of OpenSearch 3 cannot be without. */
final class Plugins {
    static Collection<PluginInfo> all() {
        Stream<Class<?>> plugins = Stream.of(
            org.opensearch.transport.Netty4ModulePlugin.class,
            org.opensearch.analysis.common.CommonAnalysisModulePlugin.class,
            org.opensearch.painless.PainlessModulePlugin.class);
        return plugins.map(Class::getName)
            .map(name -> new PluginInfo(name, "", "1", Version.CURRENT, "21", name, null, List.of(), false))
            .toList();
    }
}
