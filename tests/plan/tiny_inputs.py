"""What goes into the tiny run: its scenario, policy, catalog and series."""

from __future__ import annotations

SCENARIO = """
id: tiny
name: {en: Tiny, zh: 小厂}
currency: CNY
price_year: 2025
market: cn
horizon: {base_year: 2025, first: 2026, last: 2027, evaluate_to: 2028}
time: {periods: full, step: 60 min, profile_year: 2025}
economics: {discount_rate: 0.1}
site: {area: {roof: 20000 m2}, connection: 3 MW, grid_region: none}
base_year: {metered: {electricity: 13140 MWh/a, natural_gas: 21900 MWh/a}}
carriers:
  electricity:
    {name: {en: Power, zh: 电}, kind: electricity, scope: 2, residual: 0.6 t/MWh,
     factor: {2025: 0.5 t/MWh, 2026: 0.5 t/MWh, 2027: 0.48 t/MWh}}
  natural_gas: {name: {en: Gas, zh: 气}, kind: fuel, scope: 1, factor: 0.2 t/MWh}
  heat: {name: {en: Heat, zh: 热}, kind: heat}
services:
  - {id: lighting, name: {en: Light, zh: 照明}, carrier: electricity, demand: light}
  - {id: process_heat, name: {en: Heat, zh: 热}, carrier: heat, demand: hot}
assets:
  - {id: boiler, kind: converter, name: {en: Boiler, zh: 锅炉}, capacity: 5 MW, built: 2010,
     lifetime: 30 a, reference: heat, inputs: {natural_gas: {efficiency: 0.8}}, outputs: {heat: 1},
     fixed_om: 10 CNY/kW/a}
measures: {offer: [led, pv, battery, certificates, forest]}
tariffs:
  electricity:
    {series: tou, level: {2026: 1, 2027: 1.1}, export: {price: 200 CNY/MWh},
     demand_charge: {price: 40 CNY/kW/month, per: month}}
  natural_gas: {price: 300 CNY/MWh, adder: 10 CNY/MWh}
carbon: {price: 50 CNY/t, allocation: {type: fixed, amount: 4000 t}}
budget: {capex: {2026: 4 MCNY, 2027: 3 MCNY}}
grants:
  - {id: state, name: {en: State, zh: 国家}, measures: [led], share: 0.2, cap: 1 MCNY, first: 2026,
     last: 2026}
policy:
  use: [reduce_first]
  gross_cap: {2027: 7000 t}
  offset: {share: 0.05, basis: base_year, first_year: 2027, gate: {reduction: 0.1}}
data: {}
"""

POLICY = """
id: reduce_first
name: {en: Reduce first, zh: 先减后抵}
standing: company
issuer: {en: Own, zh: 本企业}
edition: "1"
valid: {from: "2026-01-01"}
sources: {own: {name: Own choice, trust: primary}}
rules:
  - {id: R-1, type: net_target, name: {en: Net, zh: 净}, severity: gate, trust: primary,
     source: [own], ledger: market, limit: {2027: 6650 t}}
  - {id: R-2, type: gross_cap, name: {en: Gross, zh: 总}, severity: gate, trust: primary,
     source: [own], ledger: market, limit: {2027: 1 t}}
"""

CATALOG = """
family: everything
measures:
  - {id: led, kind: saving, name: {en: LED, zh: 灯}, service: lighting, share: 0.5, lifetime: 10 a,
     capex: {any: {price: 500 CNY/MWh, basis: annual_saving}}, fixed_om: {any: {share: 0.02}}}
  - {id: pv, kind: generator, name: {en: PV, zh: 光伏}, output: electricity, availability: sun,
     capacity: {max: 4 MW}, capex: {cn: {price: 3000 CNY/kW}, eu: {price: 1 EUR/kW}},
     fixed_om: {cn: {price: 30 CNY/kW/a}}, price_trend: {2026: 1, 2027: 0.9}, lifetime: 20 a,
     lead_time: 0.5 a, area: {roof: 10 m2/kW}}
  - {id: battery, kind: storage, name: {en: Battery, zh: 电池}, carrier: electricity, duration: 4 h,
     efficiency_charge: 0.9, capacity: {min: 500 kWh, max: 2 MWh}, lifetime: 10 a,
     capex: {any: {points: [{at: 500 kWh, price: 1600 CNY/kWh}, {at: 2 MWh, total: 2.4 MCNY}]}},
     fixed_om: {any: {price: 5000 CNY/a}}, variable_om: 20 CNY/MWh}
  - {id: certificates, kind: contract, name: {en: Certificates, zh: 绿证}, carrier: electricity,
     form: attributes, capacity: {max: 5 GWh/a}, premium: 10 CNY/MWh, traceable: false}
  - {id: forest, kind: credit, name: {en: Forest, zh: 林}, type: removal, price: 100 CNY/t}
"""

SERIES = {"light": (2, 1), "hot": (1, 3), "sun": (0, 0.6), "tou": (600, 300)}
SERIES_EXCESS = {"lighting.excess": (0.2, 0.0)}
