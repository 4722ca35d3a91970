.PHONY: run test bench docs install deb format lint clean

# Serves this machine's pools, or a demo pool in the lab where there is no /dev/zfs, at http://127.0.0.1:8545;
# ZFS_API_PORT chooses another port.
run:
	@Scripts/run

# Unit tests, integration tests on real OpenZFS 2.3 and 2.1 in the lab, and the package on a booted Debian.
test:
	@Scripts/test

# Speed beside raw zfs, as tables.
bench:
	@Benchmarks/run

# Docs/API.md from the declarations of the methods, and what the libraries offer as .build/documentation/*.doccarchive.
docs:
	@swift build --product zfs-apid
	@.build/debug/zfs-apid reference >Docs/API.md
	@mkdir -p .build/documentation
	@for library in ZFSCommandBuilder AsyncZFSExecutor ZFSRPC ZFSAPIClient; do \
		swift package --allow-writing-to-directory .build/documentation generate-documentation --warnings-as-errors \
			--target $$library --output-path .build/documentation/$$library.doccarchive || exit; \
	done

# Installs below DESTDIR; PREFIX is /usr/local. BINARY is a daemon that was built before; without it one is built.
install:
	@PREFIX="$(PREFIX)" UNITDIR="$(UNITDIR)" DESTDIR="$(DESTDIR)" \
		Scripts/install-files "$(or $(BINARY),$$(Scripts/build-release))"

# A Debian package in .build/debian, of BINARY or of a daemon that is built for it.
deb:
	@Scripts/make-deb "$(or $(BINARY),$$(Scripts/build-release))"

format:
	@swift format --in-place --parallel --recursive Package.swift Sources Tests

lint:
	@swift format lint --strict --parallel --recursive Package.swift Sources Tests

clean:
	@rm -rf .build
