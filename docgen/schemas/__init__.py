"""The boundary: files and forms become models here, or are refused with every problem named."""
