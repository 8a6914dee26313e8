/** Words that makers name their models with. */
export const modelNames =
  `Alder Amble Anvil Arbor Ash Aspen Auk Aurora Avon Badger Balsam Barrow Basalt Beacon Beck Birch Bluff Borough
Bothy Boulder Bower Bracken Bramble Brindle Brook Cairn Calder Canyon Cedar Chalk Cinder Cirrus Clover Comet Cove Crag Crest Croft
Crow Curlew Dale Delta Dew Dingle Drift Drover Dune Dusk Eddy Eider Elder Elm Ember Fallow Fathom Fell Fen Fern Finch Fjord Flint
Ford Forge Foxglove Gale Garnet Glade Glen Gorse Granite Grove Gull Harbour Hare Haven Hazel Heath Hedge Heron Hollow Holm Hush
Inlet Iris Islet Ivy Jackdaw Jasper Juniper Kelp Kestrel Kite Knoll Lagoon Larch Lark Laurel Ledge Lichen Linden Linnet Loam Loft
Lumen Lynx Maple Marl Marsh Martin Meadow Merle Mesa Midge Mistral Moor Moraine Nettle Nimbus Nook North Oriole Orchard Osprey
Otter Oxbow Peak Pebble Pike Pinion Pipit Plover Prairie Quarry Quill Rapid Raven Reed Ridge Rill Ripple Roam Robin Rowan Rye
Saddle Saffron Savanna Scree Sedge Shale Shoal Shore Sierra Skerry Skylark Slope Solace Sorrel Spruce Stag Stile Stoat Strand
Summit Swale Swift Tamarack Tarn Teal Tern Thicket Thistle Thrush Tidal Timber Torrent Trace Tundra Umber Vale Verge Vesper Vista
Wander Warren Weald Weir Wharf Willow Wren Yarrow Yew Zenith`.split(/\s+/)
