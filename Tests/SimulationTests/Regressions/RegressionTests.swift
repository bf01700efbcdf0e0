import Simulation
import Testing

/// What the simulator found: each run as it was shrunk, with its story.
@Suite("Runs that once broke a promise")
struct RegressionTests {
  func holds(_ plan: Plan) throws {
    #expect(try Imaging.simulator().run(plan).violation == nil)
  }

  // A cell key named a person by the row of the person's certificate once there was one. A member's
  // cell that the authority had written before the person enrolled then stood in two rows, and a
  // server that came up again showed a removed member as still on the visit.
  @Test("Whoever enrols after being put on a visit, and is taken off it, is off it for good")
  func memberInTwoRows() throws {
    try holds(
      Plan(
        seed: 24,
        size: Size(servers: 1, visits: 2, devices: 6, hours: 8, disk: .simulated),
        weights: FaultWeights([.removal: 300, .serverDiskFull: 150]),
        steps: [
          Step(3_911_000, .remove(personOf: 3, visit: 1), salt: 15_435_137_590_164_035_691),
          Step(12_983_000, .serverRoom(0, server: 0), salt: 5_187_542_635_957_230_640),
          Step(29_362_163, .sync(device: 3), salt: 2_988_697_260_197_455_057),
        ]
      )
    )
  }

  // A refusal whose body broke off on the way was reported as a refusal that nobody could explain.
  // It is no answer like any other that breaks off, and the next sync goes on.
  @Test("A refusal that breaks off on the way is no answer")
  func cutRefusal() throws {
    let syncs = (0..<60).map { number in
      // After an hour a nonce is stale: the first answer of each sync is a refusal.
      Step(Int64(number) * 4_000_000, .sync(device: number % 2), salt: UInt64(number) &* 77)
    }
    try holds(
      Plan(
        seed: 2,
        size: Size(devices: 2, hours: 66),
        weights: FaultWeights([.cut: 400]),
        steps: syncs
      )
    )
  }

  // A server that was put back behind everybody's back knew an older token than an honest device
  // brought, and called the device a copy. The receipt of the token tells the two apart.
  @Test("A device that only greeted a server before it was put back is no copy")
  func calledACopy() throws {
    try holds(
      Plan(
        seed: 37,
        size: Size(servers: 1, visits: 2, devices: 4, hours: 2, disk: .simulated),
        weights: FaultWeights([.duplicate: 20, .cut: 60, .serverRollback: 300, .revocation: 60]),
        steps: [
          Step(5_280_000, .sync(device: 0), salt: 14_267_925_322_025_354_605),
          Step(6_287_000, .copyServer(server: 0), salt: 10_517_090_465_504_094_824),
          Step(6_420_000, .sync(device: 0), salt: 13_486_565_479_893_157_431),
          Step(10_367_000, .rollBackServer(server: 0), salt: 17_609_152_187_797_708_678),
        ]
      )
    )
  }

  // A revoked device was told that it is revoked, and not that the server had lost what it brought: so
  // it never brought it again. It is told of the loss first.
  @Test("A revoked device brings again what a server lost")
  func revokedAndLost() throws {
    try holds(
      Plan(
        seed: 59,
        size: Size(servers: 1, visits: 1, devices: 4, hours: 8, disk: .simulated),
        weights: FaultWeights([.serverRollback: 150, .revocation: 300]),
        steps: [
          Step(14_040_000, .sync(device: 0), salt: 6_213_817_451_355_733_228),
          Step(15_653_000, .revoke(device: 0, visit: 0), salt: 8_190_473_822_061_530_449),
          Step(
            18_000_000,
            .edit(.judge(count: 4), device: 0, visit: 0),
            salt: 11_160_298_016_611_724_703
          ),
          Step(22_138_000, .copyServer(server: 0), salt: 9_285_173_108_475_002_000),
          Step(29_099_797, .sync(device: 0), salt: 10_094_919_840_965_737_926),
          Step(33_058_000, .rollBackServer(server: 0), salt: 15_940_042_548_318_343_401),
        ]
      )
    )
  }

  // A receipt that was bound to one history was worth nothing to a server that had been put back to
  // the history before. It is bound to the server's identity, which outlives its histories.
  @Test("A receipt of a later history is believed in the one before")
  func laterHistory() throws {
    try holds(
      Plan(
        seed: 10_007,
        size: Size(servers: 1, visits: 2, devices: 10, hours: 4, disk: .simulated),
        weights: FaultWeights([.removal: 300, .serverRestore: 300, .serverRollback: 300]),
        steps: [
          Step(7_500_000, .sync(device: 5), salt: 13_133_330_830_811_338_407),
          Step(8_059_000, .remove(personOf: 5, visit: 1), salt: 14_574_218_728_644_527_392),
          Step(9_054_000, .copyServer(server: 0), salt: 2_068_915_880_234_793_990),
          Step(11_994_000, .restoreServer(server: 0), salt: 7_872_844_777_983_057_461),
          Step(14_507_881, .sync(device: 5), salt: 1_549_714_155_589_795_566),
          Step(15_346_000, .rollBackServer(server: 0), salt: 11_363_943_634_022_511_331),
        ]
      )
    )
  }

  // A request from before a server was put back arrived again after it and moved the token back, since
  // the server was known to have gone back. It moves nothing where its receipt is older than the store.
  @Test("An old request does not make an honest device a copy")
  func oldRequest() throws {
    try holds(
      Plan(
        seed: 50_232,
        size: Size(servers: 1, visits: 1, devices: 2, hours: 7, disk: .simulated),
        weights: FaultWeights([
          .drop: 20, .duplicate: 300, .drift: 20, .jump: 60, .powerCut: 60, .removal: 150,
          .serverRestore: 300, .serverRollback: 150, .carried: 60, .revocation: 300, .lostBytes: 60,
        ]),
        steps: [
          Step(4_020_000, .sync(device: 0), salt: 12_685_475_248_723_614_196),
          Step(5_055_000, .copyServer(server: 0), salt: 15_969_191_258_884_317_551),
          Step(5_468_689, .edit(.comment, device: 0, visit: 0), salt: 11_864_208_381_139_712_982),
          Step(5_476_000, .revoke(device: 0, visit: 0), salt: 7_543_224_687_804_503_851),
          Step(15_900_000, .sync(device: 0), salt: 6_555_174_207_333_290_482),
          Step(17_295_000, .rollBackServer(server: 0), salt: 6_607_890_659_332_577_712),
          Step(19_440_000, .sync(device: 0), salt: 6_114_274_688_247_690_951),
        ]
      )
    )
  }

  // A revoked device brought the authority's later words of a visit that the server had lost, without
  // its founding, and the whole body was refused as if the store had failed. They make no visit.
  @Test("Words of the authority without the founding refuse nothing else")
  func laterWordsAlone() throws {
    try holds(
      Plan(
        seed: 61_148,
        size: Size(servers: 1, visits: 1, devices: 3, hours: 6, disk: .simulated),
        weights: FaultWeights([.serverRollback: 300, .carried: 300, .revocation: 150]),
        steps: [
          Step(7_980_000, .sync(device: 1), salt: 11_149_219_850_237_816_088),
          Step(8_206_000, .revoke(device: 1, visit: 0), salt: 1_913_467_902_176_002_507),
          Step(10_440_000, .sync(device: 0), salt: 6_549_999_415_589_470_744),
          Step(13_595_000, .rollBackServer(server: 0), salt: 3_843_479_919_922_820_156),
          Step(15_141_000, .carry(from: 0, to: 1), salt: 11_893_989_482_398_672_729),
          Step(15_300_000, .sync(device: 1), salt: 2_616_110_468_537_494_294),
        ]
      )
    )
  }

  // A batch behind a declared gap that the server held was taken for all that is before it, so what
  // had been found of the gap stayed on the device when the server lost it again. It is sent again.
  @Test("What was found of a gap comes back to a server that lost it again")
  func foundAndLostAgain() throws {
    try holds(
      Plan(
        seed: 60_121,
        size: Size(servers: 1, visits: 3, devices: 9, hours: 8, disk: .simulated),
        weights: FaultWeights([
          .delay: 150, .drop: 150, .duplicate: 150, .cut: 150, .wrongYear: 300,
          .serverPowerCut: 60, .serverDiskFull: 20, .newer: 20, .misdirected: 150,
          .serverRollback: 300, .carried: 300, .lostBytes: 60,
        ]),
        steps: [
          Step(4_560_000, .sync(device: 4), salt: 8_623_073_014_526_303_846),
          Step(7_396_000, .sync(device: 4), salt: 18_109_582_982_452_823_410),
          Step(8_576_991, .edit(.location, device: 4, visit: 1), salt: 10_720_946_272_059_567_631),
          Step(8_596_000, .sync(device: 4), salt: 14_797_310_555_234_495_182),
          Step(
            9_743_314,
            .edit(.judge(count: 6), device: 4, visit: 1),
            salt: 16_480_450_698_504_820_526
          ),
          Step(9_796_000, .destroyDevice(device: 4), salt: 788_038_252_533_450_456),
          Step(13_576_000, .declareGaps(server: 0), salt: 701_899_460_146_711_308),
          Step(16_560_000, .sync(device: 7), salt: 5_921_039_188_670_904_394),
          Step(16_689_000, .rollBackServer(server: 0), salt: 1_806_235_038_764_069_510),
        ]
      )
    )
  }

  // All that a destroyed device had written was lost, so no other device had its certificate; and what
  // built on that work could not be taken in. A stream that is lost from its start needs none.
  @Test("Whoever builds on the work of a device that nobody knows any more is taken in")
  func unknownAndLost() throws {
    try holds(
      Plan(
        seed: 400_372,
        size: Size(servers: 1, visits: 2, devices: 6, hours: 3, disk: .simulated),
        weights: FaultWeights([
          .delay: 60, .reorder: 20, .cut: 60, .partition: 300, .oneWay: 300, .wrongYear: 60,
          .powerCut: 150, .serverPowerCut: 150, .diskFull: 150, .serverRestore: 150,
          .lostBytes: 300,
        ]),
        steps: [
          Step(1_195_000, .copyServer(server: 0), salt: 3_102_980_994_750_658_493),
          Step(1_200_000, .sync(device: 2), salt: 13_583_675_707_343_203_511),
          Step(
            3_440_086,
            .edit(.judge(count: 8), device: 2, visit: 0),
            salt: 2_883_039_914_426_782_479
          ),
          Step(
            3_719_442,
            .edit(.judge(count: 10), device: 2, visit: 1),
            salt: 11_348_581_207_434_159_444
          ),
          Step(5_580_000, .sync(device: 2), salt: 6_642_866_453_549_031_455),
          Step(5_640_000, .sync(device: 3), salt: 4_751_205_637_917_783_873),
          Step(5_739_000, .network(.noAnswers, device: 3), salt: 11_925_028_731_231_835_584),
          Step(
            9_501_670,
            .edit(.judge(count: 8), device: 3, visit: 1),
            salt: 240_399_892_843_787_636
          ),
          Step(
            9_520_834,
            .edit(.changeMind, device: 2, visit: 0),
            salt: 18_205_740_449_622_757_598
          ),
          Step(9_535_000, .sync(device: 3), salt: 10_007_109_987_642_195_401),
          Step(9_878_000, .network(.closed, device: 2), salt: 6_347_760_769_060_571_754),
          Step(10_140_000, .sync(device: 2), salt: 2_802_469_530_228_861_647),
          Step(
            10_363_228,
            .edit(.judge(count: 10), device: 3, visit: 1),
            salt: 3_433_765_728_195_094_375
          ),
          Step(
            10_474_959,
            .edit(.changeMind, device: 2, visit: 0),
            salt: 8_426_557_387_918_655_258
          ),
          Step(11_515_000, .restoreServer(server: 0), salt: 5_792_785_943_719_677_170),
          Step(11_935_000, .destroyDevice(device: 3), salt: 17_429_866_855_735_517_421),
          Step(17_078_000, .destroyDevice(device: 2), salt: 8_129_509_738_594_275_559),
          Step(17_635_000, .findBytes(device: 3), salt: 17_714_489_601_853_602_078),
        ]
      )
    )
  }

  // 6544605771525907: a server was put back behind everybody's back; the only device that had read a
  // revocation was destroyed, and what it built on that was declared lost, by which the server found
  // its own stream forked and could write nothing more. It begins a new history first.
  @Test("A server that declares its own words lost goes on in a new history")
  func ownWordsLost() throws {
    try holds(
      Plan(
        seed: 6_544_605_771_525_907,
        size: Size(servers: 1, visits: 2, devices: 6, hours: 4, disk: .simulated),
        weights: FaultWeights([
          .delay: 20, .reorder: 60, .oneWay: 20, .drift: 300, .serverPowerCut: 150,
          .diskFull: 300, .misdirected: 300, .serverRollback: 150, .carried: 20,
          .revocation: 20, .lostBytes: 300,
        ]),
        steps: [
          Step(6_053_000, .revoke(device: 4, visit: 0), salt: 6_447_120_108_790_393_913),
          Step(6_900_000, .sync(device: 0), salt: 15_294_451_217_750_741_017),
          Step(
            6_925_140,
            .edit(.comment, device: 0, visit: 0),
            salt: 9_961_749_823_957_302_798
          ),
          Step(7_841_000, .network(.closed, device: 0), salt: 2_249_757_728_341_577_334),
          Step(9_041_000, .sync(device: 0), salt: 3_736_189_757_980_519_576),
          Step(
            12_517_525,
            .edit(.judge(count: 3), device: 0, visit: 0),
            salt: 10_174_084_046_197_391_123
          ),
          Step(12_641_000, .destroyDevice(device: 0), salt: 16_054_043_253_434_238_659),
          Step(14_893_000, .rollBackServer(server: 0), salt: 14_259_390_915_297_892_358),
          Step(21_461_000, .findBytes(device: 0), salt: 10_617_831_508_361_573_964),
        ]
      )
    )
  }

  // 8100543: a file brought a batch whose predecessor was on a device and a server alone that were both
  // put back. It waits for what nobody has any more, and the checker said that nothing may wait.
  @Test("What builds on work that is nowhere waits, and everybody else is done")
  func waitsForNowhere() throws {
    try holds(
      Plan(
        seed: 8_100_543,
        size: Size(servers: 1, visits: 1, devices: 5, hours: 3, disk: .simulated),
        weights: FaultWeights([
          .delay: 20, .drop: 60, .duplicate: 20, .reorder: 300, .oneWay: 150, .jump: 300,
          .wrongYear: 150, .diskFull: 60, .serverDiskFull: 60, .removal: 150, .newer: 300,
          .serverRestore: 300, .carried: 300, .restoredDevice: 300,
        ]),
        steps: [
          Step(976_000, .copyDevice(device: 4), salt: 9_070_293_953_969_743_496),
          Step(7_740_000, .sync(device: 1), salt: 3_160_046_990_720_866_807),
          Step(7_740_000, .sync(device: 4), salt: 14_405_949_807_176_277_970),
          Step(
            9_587_297,
            .edit(.judge(count: 10), device: 4, visit: 0),
            salt: 15_552_640_478_501_356_202
          ),
          Step(9_660_000, .sync(device: 4), salt: 3_083_148_544_684_092_559),
          Step(
            9_916_681,
            .edit(.comment, device: 4, visit: 0),
            salt: 4_616_081_949_067_080_902
          ),
          Step(10_231_000, .carry(from: 4, to: 2), salt: 15_328_789_159_822_403_933),
          Step(15_196_000, .restoreDevice(device: 4), salt: 1_020_072_745_043_660_483),
          Step(20_175_000, .restoreServer(server: 0), salt: 17_471_858_110_141_090_355),
        ]
      )
    )
  }

  // 20261121000644: a server was put back, work behind a declared gap was brought to it, and a device of
  // somebody who had been removed held what was lost there. The server named an end behind the gap as
  // held, and the device, which reads no more and knew of no gap, took all before it for held as well.
  @Test("What is lost at a server comes back from a device that knows of no gap")
  func removedAndLost() throws {
    try holds(
      Plan(
        seed: 20_261_121_000_644,
        size: Size(servers: 1, visits: 1, devices: 3, hours: 7, disk: .simulated),
        weights: FaultWeights([
          .delay: 150, .drop: 60, .duplicate: 150, .reorder: 300, .oneWay: 300, .jump: 300,
          .wrongYear: 300, .powerCut: 60, .diskFull: 60, .serverDiskFull: 20, .removal: 60,
          .newer: 150, .misdirected: 150, .serverRestore: 300, .carried: 60, .lostBytes: 300,
        ]),
        steps: [
          Step(12_271_320, .edit(.newer, device: 0, visit: 0), salt: 15_844_905_531_264_775_941),
          Step(12_394_000, .copyServer(server: 0), salt: 7_966_214_823_855_961_988),
          Step(17_880_000, .sync(device: 0), salt: 6_691_108_222_824_588_319),
          Step(
            18_774_726,
            .edit(.judge(count: 12), device: 0, visit: 0),
            salt: 7_794_474_558_152_210_415
          ),
          Step(18_840_000, .sync(device: 0), salt: 12_679_969_282_924_143_551),
          Step(20_935_000, .network(.closed, device: 0), salt: 15_507_004_650_848_777_202),
          Step(
            24_522_339,
            .edit(.judge(count: 5), device: 0, visit: 0),
            salt: 7_132_824_381_396_213_767
          ),
          Step(24_535_000, .sync(device: 0), salt: 3_483_350_835_463_917_885),
          Step(25_113_326, .edit(.location, device: 0, visit: 0), salt: 7_229_019_090_559_680_634),
          Step(25_697_408, .sync(device: 2), salt: 13_544_204_442_545_439_775),
          Step(25_735_000, .destroyDevice(device: 0), salt: 7_303_172_081_732_196_010),
          Step(26_194_000, .restoreServer(server: 0), salt: 6_512_055_762_527_258_899),
          Step(26_674_000, .remove(personOf: 2, visit: 0), salt: 6_794_787_882_712_864_135),
        ]
      )
    )
  }
}
