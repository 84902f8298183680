// What the commands of the network's settings do on the fake platform.
import type { Handlers } from "./fake-handlers";
import { type FakeWorld, invalid } from "./fake-world";
import { certificate, networkTest } from "./fixtures-network";

type NetworkCommand =
  | "network_get"
  | "network_save"
  | "network_add_certificates"
  | "network_remove_certificate"
  | "network_test";

export function networkHandlers(world: FakeWorld): Pick<Handlers, NetworkCommand> {
  return {
    network_get: () => world.state.network,
    network_save: ({ proxy, password }) => {
      if (proxy.mode === "manual" && proxy.host.includes("/")) {
        throw invalid("host", "This is not the name of a proxy.");
      }
      const { state } = world;
      const { host, port, userName } = state.network.proxy;
      const isSame = host === proxy.host && port === proxy.port && userName === proxy.userName;
      if (password) state.network.password = state.keychain ? "keyring" : "session";
      else if (password === "" || !isSame) state.network.password = "none";
      state.network.proxy = structuredClone(proxy);
      world.changed({ what: "settings" });
      return state.network;
    },
    network_add_certificates: () => {
      world.state.network.certificates = [certificate(Date.now())];
      world.changed({ what: "settings" });
      return world.state.network;
    },
    network_remove_certificate: ({ certificate: id }) => {
      const { network } = world.state;
      network.certificates = network.certificates.filter((known) => known.id !== id);
      world.changed({ what: "settings" });
      return network;
    },
    network_test: ({ proxy }) => {
      const host = proxy.host.includes(":") ? `[${proxy.host}]` : proxy.host;
      const through = proxy.mode === "manual" ? `${host}:${proxy.port}` : null;
      return world.state.networkTest ?? networkTest(Date.now(), through);
    },
  };
}
