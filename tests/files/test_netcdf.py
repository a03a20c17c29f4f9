"""The reader and the writer of stored plans against xarray's own."""

from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np
import pytest
import xarray as xr

from optimizer.files.netcdf import LARGE, read_netcdf, write_netcdf


def dataset() -> xr.Dataset:
    """Names in two scripts, a dimension without members and one without labels, gaps, a number."""
    names = np.array(["pump", "泵"], dtype=object)
    return xr.Dataset(
        {
            "flow": (("unit", "year", "step"), np.arange(12.0).reshape(2, 2, 3), {"units": "MW"}),
            "cap": ("year", [np.nan, 3.5], {"units": "t"}),
            "level": (("storage", "year"), np.zeros((0, 2)), {"units": "MWh"}),
            "bare": ("place", [1, 2, 3]),
            "one": ((), 7.0),
        },
        coords={
            "unit": names,
            "unit_name": ("unit", names),
            "year": [2026, 2027],
            "storage": np.array([], dtype=object),
        },
        attrs={"currency": "CNY", "dt": 1.0, "base": 3, "said": "钢"},
    )


def test_a_file_reads_as_xarray_reads_it(tmp_path: Path) -> None:
    """Proves values, dimensions, labels, attributes and order; a dimension list read by number
    instead of by reference would give flow the shape (year, unit, step)."""
    dataset().to_netcdf(
        tmp_path / "plan.nc", engine="h5netcdf", encoding={"flow": {"zlib": True, "complevel": 1}}
    )
    expected = xr.load_dataset(tmp_path / "plan.nc", engine="h5netcdf")
    found = read_netcdf(tmp_path / "plan.nc")
    xr.testing.assert_identical(found, expected)
    assert list(found.variables) == list(expected.variables)
    assert set(found.coords) == {"unit", "unit_name", "year", "storage"}


def test_a_written_file_reads_as_one_that_xarray_wrote(tmp_path: Path) -> None:
    """Proves that any netCDF reader finds the same in both: values, gaps, labels, truth values,
    attributes, the members of each dimension, and text as numpy keeps it, for which HDF5 has no
    type. A scale attached to the wrong axis would give flow the shape (year, unit, step); a bare
    dimension of the wrong length would be refused."""
    data = dataset().assign(true=("unit", np.array([True, False])), kind=("unit", ["heat", "热"]))
    data = data.assign_coords(step=np.array(["a", "bb", "钢"]))
    assert data["kind"].dtype.kind == data["step"].dtype.kind == "U"
    data["flow"].attrs["base_year"] = 2025
    data.to_netcdf(tmp_path / "theirs.nc", engine="h5netcdf")
    write_netcdf(data, tmp_path / "ours.nc")
    theirs = xr.load_dataset(tmp_path / "theirs.nc", engine="h5netcdf")
    xr.testing.assert_identical(xr.load_dataset(tmp_path / "ours.nc", engine="h5netcdf"), theirs)
    xr.testing.assert_identical(read_netcdf(tmp_path / "ours.nc"), theirs)
    with h5py.File(tmp_path / "ours.nc") as file:
        numbers = {name: int(file[name].attrs["_Netcdf4Dimid"]) for name in data.sizes}
    assert numbers == {"unit": 0, "year": 1, "step": 2, "storage": 3, "place": 4}


def test_large_variables_are_compressed_without_loss(tmp_path: Path) -> None:
    """Proves that a year of hours of two units is stored compressed, in less than its 140 kB, to
    the last digit; and that a few values are stored as they are."""
    hours = np.tile(np.sin(np.arange(24) / 3), (2, 365, 1)).reshape(2, 8760)
    assert hours.size > LARGE
    data = xr.Dataset({"flow": (("unit", "hour"), hours), "cap": ("unit", [1.0, 2.0])})
    write_netcdf(data, tmp_path / "plan.nc")
    with h5py.File(tmp_path / "plan.nc") as file:
        assert file["flow"].compression == "gzip"
        assert file["flow"].id.get_storage_size() < hours.nbytes / 4
        assert file["cap"].compression is None
    np.testing.assert_array_equal(read_netcdf(tmp_path / "plan.nc")["flow"], hours)


def test_packed_numbers_are_unpacked(tmp_path: Path) -> None:
    """Proves that another program's packing is undone: 250 stored with scale 0.1 is 25, and the
    fill value is a gap."""
    packed = {"flow": {"dtype": "int16", "scale_factor": 0.1, "_FillValue": -1}}
    data = xr.Dataset({"flow": ("step", [25.0, np.nan])})
    data.to_netcdf(tmp_path / "plan.nc", engine="h5netcdf", encoding=packed)
    np.testing.assert_allclose(read_netcdf(tmp_path / "plan.nc")["flow"], [25.0, np.nan])


def test_what_is_no_netcdf_is_refused(tmp_path: Path) -> None:
    """Proves the two kinds of error that callers know: no HDF5 file, and one without dimensions."""
    (tmp_path / "text.nc").write_text("year,flow\n")
    with pytest.raises(OSError, match="file signature not found"):
        read_netcdf(tmp_path / "text.nc")
    with pytest.raises(FileNotFoundError):
        read_netcdf(tmp_path / "none.nc")
    with h5py.File(tmp_path / "bare.nc", "w") as file:
        file["flow"] = np.zeros((2, 3))
    with pytest.raises(ValueError, match="'flow' lacks dimensions"):
        read_netcdf(tmp_path / "bare.nc")
