package hoopoe.local.iam;

import hoopoe.local.template.StatementDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** The policies of the template's functions. Other principals may do everything. Records the permissions that were used and denied. */
public final class Policies implements Guard {

    private final Map<String, List<Permission>> permissions;
    private final Map<String, Set<Permission>> used = new ConcurrentHashMap<>();
    private final Queue<String> denied = new ConcurrentLinkedQueue<>();

    private Policies(Map<String, List<Permission>> permissions) {
        this.permissions = permissions;
    }

    /**
     * @param given values of the template's parameters, in place of their defaults
     * @param names the values of references in resources, besides AWS' own: {@code Data.Outputs.TableArn}
     * @throws IllegalArgumentException where a policy says something that is not known here
     */
    public static Policies read(Path template, Map<String, String> given, Map<String, String> names) {
        var known = new TreeMap<>(names);
        known.putAll(Arn.PARTS);
        var permissions = new TreeMap<String, List<Permission>>();
        StatementDefinition.read(template, given)
                .forEach((function, statements) -> permissions.put(function, permissions(statements, known)));
        return new Policies(permissions);
    }

    private static List<Permission> permissions(List<StatementDefinition> statements, Map<String, String> names) {
        var permissions = new ArrayList<Permission>();
        for (var statement : statements) {
            for (var action : statement.actions()) {
                statement.resources().forEach(resource -> permissions.add(Permission.of(action, resource, names)));
            }
        }
        return permissions;
    }

    @Override
    public boolean allows(String principal, String action, String resource) {
        var own = permissions.get(principal);
        if (own == null) {
            return true;
        }
        var covering = own.stream()
                .filter(permission -> permission.covers(action, resource))
                .toList();
        used.computeIfAbsent(principal, function -> ConcurrentHashMap.newKeySet())
                .addAll(covering);
        if (covering.isEmpty()) {
            denied.add(principal + " may not " + action + " on " + resource);
        }
        return !covering.isEmpty();
    }

    public Set<String> functions() {
        return permissions.keySet();
    }

    /** The permissions of a function in the template: {@code dynamodb:GetItem on Data.Outputs.TableArn}. */
    public Set<String> granted(String function) {
        return permissions.getOrDefault(function, List.of()).stream()
                .map(Permission::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The permissions that the function has used so far. */
    public Set<String> used(String function) {
        return used.getOrDefault(function, Set.of()).stream()
                .map(Permission::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The actions that functions tried without permission. */
    public List<String> denied() {
        return List.copyOf(denied);
    }
}
