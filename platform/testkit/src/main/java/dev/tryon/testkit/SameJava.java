package dev.tryon.testkit;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Starts Java processes as this one was started: with its options, its modules and its class path. */
final class SameJava {
    private SameJava() {}

    /** Returns the command. @param main {@code module/class} */
    static List<String> command(String main, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of(
                "--module-path",
                System.getProperty("jdk.module.path"),
                "-cp",
                System.getProperty("java.class.path"),
                "-m",
                main));
        command.addAll(arguments);
        return command;
    }
}
