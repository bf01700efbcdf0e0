import Simulation
import Testing

/// What concerns work that nobody has any more.
extension RegressionTests {
  // A server was restored, wrote under its new name, and was put back behind everybody's back to before
  // that; the one device that had read the new name was destroyed. What was read of the wreck builds on
  // what nobody certified can have written: it was declared lost, and the checker wanted an author.
  @Test("What is declared lost may be of a writer whom nobody knows any more")
  func lostWriter() throws {
    try holds(
      Plan(
        seed: 20_261_122_100_513,
        size: Size(servers: 1, visits: 1, devices: 3, hours: 7, disk: .simulated),
        weights: FaultWeights([
          .delay: 20, .drop: 150, .duplicate: 20, .oneWay: 300, .powerCut: 150,
          .serverPowerCut: 300, .removal: 300, .newer: 60, .serverRestore: 150,
          .serverRollback: 150, .restoredDevice: 300, .lostBytes: 150,
        ]),
        steps: [
          Step(995_000, .copyServer(server: 0), salt: 471_253_330_928_510_644),
          Step(10_655_000, .restoreServer(server: 0), salt: 9_076_799_059_569_753_523),
          Step(11_495_000, .remove(personOf: 1, visit: 0), salt: 13_047_648_317_606_368_441),
          Step(19_800_000, .sync(device: 0), salt: 2_990_424_062_664_872_895),
          Step(20_008_000, .network(.closed, device: 0), salt: 15_811_267_473_074_423_705),
          Step(22_246_303, .edit(.location, device: 0, visit: 0), salt: 9_316_030_148_711_205_656),
          Step(22_408_000, .sync(device: 0), salt: 3_566_665_960_880_710_680),
          Step(
            23_542_866,
            .edit(.judge(count: 11), device: 0, visit: 0),
            salt: 4_289_128_662_396_566_208
          ),
          Step(23_608_000, .destroyDevice(device: 0), salt: 3_684_997_135_014_309_559),
          Step(25_840_000, .rollBackServer(server: 0), salt: 4_823_939_375_235_228_819),
          Step(27_808_000, .findBytes(device: 0), salt: 5_727_173_792_947_423_811),
        ]
      )
    )
  }
}
