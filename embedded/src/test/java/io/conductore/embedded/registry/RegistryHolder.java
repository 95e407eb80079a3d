package io.conductore.embedded.registry;

import java.nio.file.Path;

/** A process that starts a registry, says its process id, and waits to be killed. */
final class RegistryHolder {
  private RegistryHolder() {}

  public static void main(String[] args) throws InterruptedException {
    var folder = Path.of(args[1]);
    var settings = new RegistrySettings(
        Path.of(args[0]), folder, folder.resolve("registry.log"), Integer.parseInt(args[2]));
    var registry = RegistryProcess.start(settings);
    System.out.println(registry.pid());
    Thread.currentThread().join();
  }
}
