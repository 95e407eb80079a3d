package io.conductore.embedded.run;

import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Signals of the operating system. Java has them in sun.misc only (module jdk.unsupported), which
 * the compiler reports as a warning that cannot be switched off; hence the reflection.
 */
final class Signals {
  /** Ctrl-C, kill, and the end of the terminal. */
  static final List<String> STOP = List.of("INT", "TERM", "HUP");

  private static final String HANDLE = "handle";

  private Signals() {}

  /**
   * The action runs at each such signal, on a thread of its own. A signal that nohup ignores stays
   * so.
   */
  static void handle(String name, Runnable action) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var calling = Proxy.newProxyInstance(
          handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, args) -> {
            if (method.getName().equals(HANDLE)) {
              action.run();
            }
            return null;
          });
      var wanted = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod(HANDLE, signal, handler).invoke(null, wanted, calling);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java has no signal " + name, e);
    }
  }
}
